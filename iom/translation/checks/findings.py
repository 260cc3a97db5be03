"""Runs the checks on a whole translation, and stores which findings a user has marked as intended."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from iom.findings import Finding, Level
from iom.translation.checks.registry import Pair, PairFinding, run, run_certain
from iom.translation.content.segments import Segment, Text, fingerprint
from iom.translation.glossary.matching import Glossary, glossary
from iom.translation.models import Intended, TranslationState


class TranslationFinding(NamedTuple):
    """A finding of a check in a translation.

    `passages`: the segments that it concerns, empty for the text as a whole. `digest` identifies the finding together
    with the present text of both languages. `intended`: its mark as intended, if a user has set it.
    """

    finding: Finding
    passages: list[Segment]
    digest: str = ""
    intended: Intended | None = None

    @property
    def is_error(self) -> bool:
        return self.finding.level == Level.ERROR and self.intended is None


def check_translation(state: TranslationState, text: Text) -> list[TranslationFinding]:
    """Returns the findings in text order. Makes two queries, whatever the number of passages."""
    return _with_marks(state, run(_pairs(state, text, glossary())))


def _with_marks(state: TranslationState, findings: Iterable[PairFinding]) -> list[TranslationFinding]:
    """Returns findings with their marks as intended. One query if there are any."""
    found = [(one, one.pair) for one in findings if one.pair]
    if not found:
        return []
    rows = Intended.objects.filter(translation=state.translation_id).select_related("by")
    intended = {row.digest: row for row in rows}
    checked = []
    for one, pair in found:
        path = pair.segment.path
        digest = fingerprint(f"{one.code}\0{one.detail}", f"{path}\0{pair.source_data}\0{pair.target_data}")
        finding = Finding(one.code, tuple(path.split(".")), one.message, one.fix, one.level)
        checked.append(TranslationFinding(finding, [pair.segment], digest, intended.get(digest)))
    return checked


def _pairs(state: TranslationState, text: Text, active_glossary: Glossary) -> list[Pair]:
    """Returns the translated passages, each once."""
    source = state.translation.source.locale.language_code
    target = state.translation.target_locale.language_code
    written = {segment.key: segment for segment in text if segment.target}
    return [Pair(one.source, one.target or "", source, target, one, active_glossary) for one in written.values()]


def publication_errors(state: TranslationState, text: Text) -> list[str]:
    """Returns the messages of the errors that prevent publication, in the user's language."""
    pairs = _pairs(state, text, Glossary())  # these checks do not read the glossary
    found = [one for one in _with_marks(state, run_certain(pairs)) if one.is_error]
    return list(dict.fromkeys(str(one.finding.message) for one in found))


def mark_intended(state: TranslationState, text: Text, digest: str, user: Any) -> None:
    """Marks a finding as intended, if it still exists."""
    for one in check_translation(state, text):
        if one.digest == digest:
            segment = one.passages[0]
            values = {"context_id": segment.context_id, "string_id": segment.string_id, "code": one.finding.code}
            row = {"translation_id": state.translation_id, "digest": digest}
            Intended.objects.get_or_create(**row, defaults={**values, "by": user})


def unmark_intended(state: TranslationState, digest: str) -> None:
    Intended.objects.filter(translation=state.translation_id, digest=digest).delete()
