"""Writing the segments of a translation. What is wrong is kept as it was written, and said beside the segment."""

from collections.abc import Mapping
from html.parser import HTMLParser

from django.utils.translation import gettext, ngettext
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue, extract_ids, validate_translation_links

from iom.core.inline import MarkupNotAllowed, from_editor
from iom.publishing.locking import atomic
from iom.translation.content import markup
from iom.translation.content.places import Place, Places
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState
from iom.translation.workflow import progress

_EMPTY_TAGS = {"br"}
DEEPEST = 20  # tags within each other: no text of ours has a quarter of it


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
        problems[segment.pk] = problem(segment.source, text, place) if text else ""
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


def problem(source: str, text: str, place: Place) -> str:
    """What is wrong with a translation of `source` (as localize stores it), in words for its translator."""
    if place.max_length and len(text) > place.max_length:
        over = len(text) - place.max_length
        message = ngettext(
            "%(count)d character too many: there is room for %(limit)d.",
            "%(count)d characters too many: there is room for %(limit)d.",
            over,
        )
        return message % {"count": over, "limit": place.max_length}
    return _problem_of_markup(source, text) if place.is_rich else ""


def _problem_of_markup(source: str, text: str) -> str:
    balance = _Balance.of(text)
    if balance.deepest > DEEPEST:
        return gettext("More than %(limit)d tags stand within each other here.") % {"limit": DEEPEST}
    if balance.unbalanced:
        message = gettext("The tag <%(tag)s> is not closed, or closed without having been opened.")
        return message % {"tag": balance.unbalanced}
    try:
        data = StringValue.from_translated_html(from_editor(text)).data
        validate_translation_links(source, data)
    except MarkupNotAllowed as error:
        return str(error)
    except ValueError:
        return gettext("The original has no link of this name. Its links are listed below it.")
    dropped = sorted(extract_ids(source) - extract_ids(data))
    if dropped:
        message = ngettext(
            "A link of the original is missing: %(names)s.",
            "Links of the original are missing: %(names)s.",
            len(dropped),
        )
        return message % {"names": ", ".join(dropped)}
    if not StringValue(data).render_text().strip():
        return gettext("There are tags here, and no words.")
    return ""


class _Balance(HTMLParser):
    """Finds the first tag that is opened or closed alone, where browsers would guess what was meant; and how many
    stand within each other."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.alone = ""
        self.deepest = 0

    @classmethod
    def of(cls, text: str) -> "_Balance":
        parser = cls()
        parser.feed(text)
        parser.close()
        return parser

    @property
    def unbalanced(self) -> str:
        return self.alone or (self.open[-1] if self.open else "")

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _EMPTY_TAGS:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY_TAGS:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif not self.alone:
            self.alone = f"/{tag}"
