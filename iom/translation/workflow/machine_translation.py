"""Machine translation of passages that the memory could not fill in, by localize's service from the settings.

It is off where the settings name no service. Machine translations are marked, and not published before a person has
confirmed them.
"""

from itertools import batched

from requests import RequestException
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from iom.publishing.locking import atomic
from iom.translation.content import markup, segments
from iom.translation.memory import pretranslation
from iom.translation.models import TranslationState
from iom.translation.workflow import progress

BATCH_SIZE = 50  # passages in one request: DeepL's limit


class MachineTranslationError(Exception):
    """The service did not answer, or its answer has no translations."""


def get_service(state: TranslationState) -> BaseMachineTranslator | None:
    """Returns the service for the languages of a translation; None where there is none."""
    service = get_machine_translator()
    languages = state.translation.source.locale, state.translation.target_locale
    return service if service is not None and service.can_translate(*languages) else None


def translate(state: TranslationState, service: BaseMachineTranslator) -> int:
    """Fills in the passages that nobody has translated, and returns how many.

    Must not run in a transaction: the service may be slow. A translation that could not be published, for example
    without a link of the original, is left out. Raises MachineTranslationError, and then writes nothing.
    """
    languages = state.translation.source.locale, state.translation.target_locale
    empty = [row.source for row in segments.load_text(state.translation) if row.written is None]
    found: dict[str, str] = {}
    try:
        for batch in batched(dict.fromkeys(empty), BATCH_SIZE):
            answers = service.translate(*languages, [StringValue(source) for source in batch])
            found |= {string.data: answer.data for string, answer in answers.items()}
    except (RequestException, ValueError, KeyError, TypeError) as error:
        raise MachineTranslationError from error
    return _write(state, found, str(service.display_name))


@atomic
def _write(state: TranslationState, found: dict[str, str], tool: str) -> int:
    state.lock()
    rows = {}
    for segment in segments.load_text(state.translation):
        place, target = segment.place, found.get(segment.source, "")
        is_wanted = segment.written is None and target
        if is_wanted and not markup.find_problem(segment.source, markup.to_text(target, place), place):
            rows[segment.key] = pretranslation.build_machine_translation(segment, target, state.locale_id, tool)
    StringTranslation.objects.bulk_create(rows.values())
    progress.recount(state)
    return len(rows)
