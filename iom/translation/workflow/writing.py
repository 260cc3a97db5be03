"""Writing the segments of a translation. What is wrong is kept as it was written, and said beside the segment."""

from collections.abc import Mapping

from wagtail_localize.models import StringTranslation

from iom.publishing.locking import atomic
from iom.translation.content import markup
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

    The texts are as a translator writes them. An empty one takes the translation away: localize would take it for
    finished and show the original.
    """
    state.lock()
    places = Places(state.page.specific_class)
    problems = {}
    for segment, typed in written.items():
        place = places.at(segment.field_path)
        text = markup.tidied(typed, place)
        problems[segment.pk] = markup.problem(segment.source, text, place) if text else ""
        mine = StringTranslation.objects.filter(
            translation_of=segment.string_id, context=segment.context_id, locale=state.locale_id
        )
        if not text:
            for row in mine:
                row.delete()
            continue
        row = mine.select_related("translation_of", "context").first() or StringTranslation(
            translation_of_id=segment.string_id, context_id=segment.context_id, locale_id=state.locale_id
        )
        is_broken = place.is_rich and problems[segment.pk]
        row.data = text if is_broken else markup.to_data(text, place)
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        row.tool_name = ""
        row.last_translated_by_id = getattr(user, "pk", None)
        row.has_error = bool(problems[segment.pk])
        row.field_error = problems[segment.pk]
        row.save()
    progress.recount(state)
    return problems
