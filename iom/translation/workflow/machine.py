"""Machine translation of what is missing, after the memory: by a service that the settings name, through localize.

Off where none is named. What a machine has written is marked, and not published before a person has confirmed it.
"""

from itertools import batched

from requests import RequestException
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from iom.publishing.locking import atomic
from iom.translation.content import markup, segments
from iom.translation.memory import filling
from iom.translation.models import TranslationState
from iom.translation.workflow import progress

_ASKED = 50  # passages in one request: DeepL takes no more


class NotTranslated(Exception):
    """The service did not answer, or not with translations."""


def translator_of(state: TranslationState) -> BaseMachineTranslator | None:
    """The service for the languages of a translation; None where there is none."""
    service = get_machine_translator()
    languages = state.translation.source.locale, state.translation.target_locale
    return service if service is not None and service.can_translate(*languages) else None


def translate(state: TranslationState, service: BaseMachineTranslator) -> int:
    """Fills in what nobody has translated; how many passages. Not within a transaction: the service may be slow.

    A translation that could not be published, for example without a link of the original, is left out. Raises
    NotTranslated, and nothing is written then.
    """
    languages = state.translation.source.locale, state.translation.target_locale
    empty = [row.source for row in segments.of_translation(state.translation) if row.written is None]
    found: dict[str, str] = {}
    try:
        for batch in batched(dict.fromkeys(empty), _ASKED):
            answers = service.translate(*languages, [StringValue(source) for source in batch])
            found |= {string.data: answer.data for string, answer in answers.items()}
    except (RequestException, ValueError, KeyError, TypeError) as error:
        raise NotTranslated from error
    return _write(state, found, str(service.display_name))


@atomic
def _write(state: TranslationState, found: dict[str, str], tool: str) -> int:
    state.lock()
    rows = {}
    for segment in segments.of_translation(state.translation):
        place, target = segment.place, found.get(segment.source, "")
        is_wanted = segment.written is None and target
        if is_wanted and not markup.problem(segment.source, markup.to_text(target, place), place):
            rows[segment.key] = filling.row_of(segment, target, state.locale_id, tool)
    StringTranslation.objects.bulk_create(rows.values())
    progress.recount(state)
    return len(rows)
