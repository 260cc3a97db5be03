"""How often articles are read, in the list of articles and on the dashboard."""

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column

from iom.reads import reading
from newsroom.officers import originals

SHOWN = 10  # articles on the dashboard


class ReadsColumn(Column):
    """The number of reads since they are counted, and a plot of the last days."""

    cell_template_name = "newsroom/officers/reads_cell.html"


def add_reads(articles: list[Any]) -> None:
    """Writes `reads` on each article: of its text in all languages."""
    found = reading.of_texts({article.translation_key for article in articles})
    for article in articles:
        article.reads = found[article.translation_key]


class MostReadPanel(Component):
    """What was read most in the last week."""

    name = "officers-reads"
    template_name = "newsroom/officers/most_read.html"
    order = 160

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        numbers = reading.most_read()
        known: Any = originals.known_to(parent_context["request"].user).filter(translation_key__in=numbers)
        articles = sorted(known.defer_streamfields(), key=lambda one: -numbers[one.translation_key])[:SHOWN]
        add_reads(articles)
        return {"articles": [(one, numbers[one.translation_key]) for one in articles], "days": reading.WEEK}
