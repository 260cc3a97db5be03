"""A plot of reads by day, drawn on the server, with its text alternative."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template

from iom.reads import reading

register = template.Library()

STEP, GAP, HEIGHT = 4, 1, 24  # units of the drawing


@register.inclusion_tag("reads/plot.html")
def reads_plot(days: Mapping[date, int], number: int = reading.DAYS) -> dict[str, Any]:
    """Plots the last `number` days, including today. `days`: reads by day; days without a read may be missing."""
    return plot_context([(day, days.get(day, 0)) for day in reading.last_days(number)])


def plot_context(numbers: Sequence[tuple[date, int]]) -> dict[str, Any]:
    """Returns the context of the plot: a bar for each day with reads, scaled to the highest, and its key numbers."""
    most_on, most = max(numbers, key=lambda one: one[1])
    # Rounded up, so that one read is visible
    heights = [-(-HEIGHT * number // most) if most else 0 for _day, number in numbers]
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
