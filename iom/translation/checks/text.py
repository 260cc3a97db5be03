"""What the checks find in a whole translation, and what of it somebody has said to be intended."""

from typing import Any, NamedTuple

from iom.findings import Finding, Level
from iom.translation.checks.registry import Pair, run
from iom.translation.content.segments import Segment, Text, fingerprint
from iom.translation.glossary.matching import Glossary, glossary
from iom.translation.models import Intended, TranslationState


class Checked(NamedTuple):
    """`passages`: where it is said; none, where it is said of the text as a whole. `digest` tells what is found beside
    the original, in these words of both languages, from all others. `intended`: who has said so."""

    finding: Finding
    passages: list[Segment]
    digest: str = ""
    intended: Intended | None = None

    @property
    def is_error(self) -> bool:
        return self.finding.level == Level.ERROR and self.intended is None


def of_text(state: TranslationState, text: Text, *, certain_only: bool = False) -> list[Checked]:
    """In the order of the text. Two queries, none for each passage."""
    known = Glossary() if certain_only else glossary()
    pairs = _pairs(state, text, known)
    found = [(one, one.pair) for one in run(pairs, certain_only=certain_only) if one.pair]
    if not found:
        return []
    rows = Intended.objects.filter(translation=state.translation_id).select_related("by")
    intended = {row.digest: row for row in rows}
    checked = []
    for one, pair in found:
        path = pair.segment.path
        digest = fingerprint(f"{one.code}\0{one.detail}", f"{path}\0{pair.source_data}\0{pair.target_data}")
        finding = Finding(one.code, tuple(path.split(".")), one.message, one.fix, one.level)
        checked.append(Checked(finding, [pair.segment], digest, intended.get(digest)))
    return checked


def _pairs(state: TranslationState, text: Text, known: Glossary) -> list[Pair]:
    """The passages that are translated, each once."""
    source = state.translation.source.locale.language_code
    target = state.translation.target_locale.language_code
    written = {segment.key: segment for segment in text if segment.target}
    return [Pair(one.source, one.target or "", source, target, one, known) for one in written.values()]


def errors(state: TranslationState, text: Text) -> list[str]:
    """What refuses publication, in the reader's language."""
    found = [one for one in of_text(state, text, certain_only=True) if one.is_error]
    return list(dict.fromkeys(str(one.finding.message) for one in found))


def intend(state: TranslationState, text: Text, digest: str, user: Any) -> bool:
    """Says that a finding is intended; whether it is still there."""
    one = next((one for one in of_text(state, text) if one.digest == digest), None)
    if one is None:
        return False
    segment = one.passages[0]
    names = {"context_id": segment.context_id, "string_id": segment.string_id, "code": one.finding.code}
    Intended.objects.get_or_create(translation_id=state.translation_id, digest=digest, defaults={**names, "by": user})
    return True


def take_back(state: TranslationState, digest: str) -> None:
    Intended.objects.filter(translation=state.translation_id, digest=digest).delete()
