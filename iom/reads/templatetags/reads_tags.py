"""A plot of reads by day, drawn by the server; its text says the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template

from iom.reads import reading

register = template.Library()

STEP, GAP, HEIGHT = 4, 1, 24  # units of the drawing


@register.inclusion_tag("reads/plot.html")
def reads_plot(days: Mapping[date, int], number: int = reading.DAYS) -> dict[str, Any]:
    """Of the last `number` days, with today. `days`: reads by day, those without one may be left out."""
    return drawn([(day, days.get(day, 0)) for day in reading.period(number)])


def drawn(numbers: Sequence[tuple[date, int]]) -> dict[str, Any]:
    """A bar for each day with reads, the highest as high as the drawing; and what to say of it."""
    most_on, most = max(numbers, key=lambda one: one[1])
    heights = [-(-HEIGHT * number // most) if most else 0 for _day, number in numbers]  # one read is seen, too
    return {
        "bars": [(place * STEP, HEIGHT - height, height) for place, height in enumerate(heights) if height],
        "bar": STEP - GAP,
        "width": STEP * len(numbers) - GAP,
        "height": HEIGHT,
        "days": len(numbers),
        "total": sum(number for _day, number in numbers),
        "most": most,
        "most_on": most_on,
    }
