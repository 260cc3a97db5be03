"""The notes of the United Nations beside a map. A note on one area is shown if the area is in view."""

from collections.abc import Iterable
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iom.maps import geometry
from iom.maps.draw import COARSE, locator_view, world_view
from iom.maps.geometry import Box, box_of, world
from iom.maps.view import View

_FORMULA = _(
    "The boundaries and names shown and the designations used on this map do not imply official endorsement or "
    "acceptance by the United Nations."
)
_DASHED = _("Dashed lines represent boundaries that have not been determined or are in dispute.")
_LINE_OF_CONTROL = _(
    "The dashed line in Jammu and Kashmir represents approximately the Line of Control agreed upon by India and "
    "Pakistan. The final status of Jammu and Kashmir has not yet been agreed upon by the parties."
)
_SUDANS = _("The final boundary between the Sudan and South Sudan has not yet been determined.")
_ABYEI = _("The final status of the Abyei area has not yet been determined.")
_FALKLANDS = _(
    "A dispute exists between the Governments of Argentina and the United Kingdom of Great Britain and Northern "
    "Ireland concerning sovereignty over the Falkland Islands (Malvinas)."
)
_ABYEI_BOX: Box = (27.8, 9.3, 29.1, 10.3)


@cache
def world_notes() -> list[Promise]:
    """Returns the notes beside the world map."""
    return _notes(world_view())


@lru_cache(1000)
def locator_notes(codes: tuple[str, ...]) -> list[Promise]:
    """Returns the notes beside the locator map of these countries."""
    return _notes(locator_view(codes))


def _notes(view: View) -> list[Promise]:
    return [_FORMULA, *(note for note, lines in _arcs_by_note() if _in_view(view, lines))]


@cache
def _arcs_by_note() -> list[tuple[Promise, frozenset[int]]]:
    """Returns each note with the arcs of the map that it concerns."""
    dashed = frozenset(world().dashed)
    return [
        (_DASHED, dashed),
        (_LINE_OF_CONTROL, _outline("IN") & _outline("PK") & dashed),
        (_SUDANS, _outline("SD") & _outline("SS")),
        (_ABYEI, frozenset(line for line in dashed if _is_within(_ABYEI_BOX, line))),
        (_FALKLANDS, _outline("FK")),
    ]


def _outline(code: str) -> frozenset[int]:
    return frozenset(max(arc, ~arc) for ring in world().countries[code] for arc in ring)


def _is_within(box: Box, line: int) -> bool:
    west, south, east, north = box_of(world().arcs[line])
    return west >= box[0] and south >= box[1] and east <= box[2] and north <= box[3]


def _in_view(view: View, lines: Iterable[int]) -> bool:
    arcs = geometry.arcs(COARSE)
    return any(True for _line in view.lines((arcs[line] for line in lines), shortest=-1))
