"""Writing the segments of a translation. A text with a problem is kept as it was written, with the problem."""

from collections.abc import Mapping

from iom.publishing.locking import atomic
from iom.translation.content import markup, segments
from iom.translation.content.places import Places
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState
from iom.translation.workflow import progress


def write(state: TranslationState, segment: Segment, text: str, user: object) -> str:
    """Writes one segment; what is wrong with it, in the writer's language, or nothing."""
    return write_all(state, {segment: text}, user)[segment.pk]


@atomic
def write_all(state: TranslationState, written: Mapping[Segment, str], user: object) -> dict[int, str]:
    """Writes segments, and counts anew once; by segment what is wrong with it, empty where nothing is.

    The texts are as a translator writes them. An empty one deletes the translation: localize would count it as
    translated, and show the original.
    """
    state.lock()
    places = Places(state.page.specific_class)
    problems = {}
    for segment, typed in written.items():
        place = places.at(segment.field_path)
        text = markup.tidied(typed, place)
        problems[segment.pk] = markup.problem(segment.source, text, place) if text else ""
        row = segments.translation_row(segment, state.locale_id)
        if text:
            is_broken = place.is_rich and problems[segment.pk]
            data = text if is_broken else markup.to_data(text, place)
            segments.save_translation(row, data, user, problems[segment.pk])
        elif row.pk is not None:
            row.delete()
    progress.recount(state)
    return problems
