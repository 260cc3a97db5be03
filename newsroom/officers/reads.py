"""How often articles are read, in the list of articles and on the dashboard."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from iom.reads import reading
from iom.reads.templatetags.reads_tags import reads_plot
from newsroom.officers import originals
from newsroom.officers.tables import TablePanel

MAX_ROWS = 10  # articles on the dashboard


class ReadsColumn(Column):
    """The number of reads since counting began, and a plot of the last days."""

    cell_template_name = "newsroom/officers/reads_cell.html"


def add_reads(articles: list[Any]) -> None:
    """Sets `reads` on each article: those of all its languages together."""
    found = reading.reads_by_text({article.translation_key for article in articles})
    for article in articles:
        article.reads = found[article.translation_key]


class MostReadPanel(TablePanel):
    """The articles that were read most in the last week."""

    name = "officers-reads"
    heading = _("Most read")
    order = 160

    def columns(self) -> list[Column]:
        in_a_week = gettext("Reads in %(days)s days") % {"days": reading.WEEK}
        return [
            TitleColumn("title", label=_("Title"), accessor="get_admin_display_title", url_name="newsroom_reads"),
            Column("number", label=in_a_week, accessor=lambda one: intcomma(one.reads_in_a_week)),
            Column("plot", label=_("Last 30 days"), accessor=_plot, classname="reads-cell"),
        ]

    def rows(self, user: Any) -> list[Any]:
        numbers = reading.most_read()
        known: Any = originals.explorable_by(user).filter(translation_key__in=numbers)
        articles = sorted(known.defer_streamfields(), key=lambda one: -numbers[one.translation_key])[:MAX_ROWS]
        add_reads(articles)
        for article in articles:
            article.reads_in_a_week = numbers[article.translation_key]
        return articles


def _plot(article: Any) -> str:
    return render_to_string("reads/plot.html", reads_plot(article.reads.days))
