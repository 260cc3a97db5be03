"""What became of a passage whose wording has changed: the one that has taken its place."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from iom.translation.content.segments import Segment


def closest(path: str, text: str, segments: Iterable[Segment]) -> Segment | None:
    """The segment at `path` with the words of `text`, else the one there most like it; None where none is left."""
    there = [segment for segment in segments if segment.path == path]
    same = next((segment for segment in there if segment.source == text), None)
    return same or max(there, key=lambda segment: SequenceMatcher(None, text, segment.source).ratio(), default=None)
