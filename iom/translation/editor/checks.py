"""What the checks say of a translation: of the passages that are written, as they were last saved."""

from typing import Any, NamedTuple

from django.http import HttpRequest, JsonResponse

from iom.core import warnings_said
from iom.findings import Finding, errors_of, summary, warnings_of
from iom.translation.content import overrides, segments
from iom.translation.content.places import Places
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState
from iom.translation.workflow import policy


class Found(NamedTuple):
    """`passages`: where it is said; none, where it is said of the text as a whole."""

    finding: Finding
    passages: list[Segment]


def of_state(state: TranslationState) -> list[Found]:
    """Without what the original says likewise: its translator cannot change that."""
    text = segments.of_translation(state.translation)
    page = overrides.translated_page(state, text, fallback=True)
    page.original.locale = state.translation.source.locale
    known = {_known(one) for one in _findings(page.original)}
    found = [Found(one, _passages(one, text)) for one in _findings(page) if _known(one) not in known]
    return [one for one in found if all(passage.target for passage in one.passages or text)]


def _findings(page: Any) -> list[Finding]:
    return [*errors_of(page), *warnings_of(page)]


def _known(one: Finding) -> tuple[str, tuple[str, ...], str]:
    return one.code, one.where, str(one.message)


def _passages(finding: Finding, text: segments.Text) -> list[Segment]:
    """Those of the field that the finding names; of the whole block, where it names no field of it."""
    where = ".".join(finding.where)
    at = [one for one in text if where and f"{one.path}.".startswith(f"{where}.")]
    return at or [one for one in text if f"{where}.".startswith(f"{one.path}.")]


def show(request: HttpRequest, state: TranslationState) -> JsonResponse:
    """For the editor's script. Who may only read is offered no correction."""
    found, places = of_state(state), Places(state.page.specific_class)
    may_write = policy.may_translate(request.user, state)
    said = []
    for finding, passages in found:
        place = places.at(passages[0].field_path) if passages else None
        one = finding.as_json(place.label if place else "", [passage.pk for passage in passages])
        said.append(one if may_write else one | {"fix": ()})
    answer = {"summary": summary([one.finding for one in found]), "findings": said}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def say_warnings(request: HttpRequest, state: TranslationState, title: str) -> None:
    """After publication, which no error has refused."""
    found = [
        (state.editor_address(passages[0].pk if passages else None), finding.message)
        for finding, passages in of_state(state)
    ]
    warnings_said.say(request, title, found)
