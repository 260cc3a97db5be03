"""Reads in the list of articles, on the dashboard, and on the screen of an article."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from iom.reads.models import PageReads
from iom.reads.templatetags.reads_tags import HEIGHT, plot_context
from newsroom.officers.tests.test_dashboard import panel
from newsroom.officers.tests.test_listing import address, published, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    """Read 1,200 times today."""
    article = published(title="Un zirconium")
    PageReads.objects.create(page=article, day=timezone.localdate(), number=1200)
    return article


def test_the_list_has_the_number_and_a_plot_that_says_it_in_words(sign_in, article):
    client = sign_in("officer")
    assert row(client, article)["Reads"].startswith("1,200")
    assert row(client, article, "fr")["Lectures"].startswith("1 200")
    plot = BeautifulSoup(
        client.get(address(q="zirconium"), headers={"accept-language": "en"}).content, "html.parser"
    ).select_one("svg.reads-plot")
    assert plot["role"] == "img"
    assert " ".join(plot["aria-label"].split()).startswith("1200 reads in 30 days, most on ")
    assert len(plot.select("rect")) == 1


def test_the_dashboard_has_what_was_read_most_and_leads_to_its_days(sign_in, article):
    client = sign_in("officer")
    assert "Un zirconium 1,200" in panel(client, "reads")
    screen = client.get(reverse("newsroom_reads", args=[article.pk]), headers={"accept-language": "en"})
    cells = [
        one.text
        for one in BeautifulSoup(screen.content, "html.parser").select(".reads-table tbody tr")[1].select("td")
    ]
    assert cells == ["1,200", "0", "1,200"]


def test_without_any_reads_there_is_no_panel(sign_in):
    assert panel(sign_in("officer"), "reads") == ""


def test_where_reads_are_not_counted_there_is_nothing_of_them(sign_in, article, settings):
    settings.COUNT_READS = "off"
    client = sign_in("officer")
    assert panel(client, "reads") == ""
    assert "Reads" not in row(client, article)
    assert client.get(reverse("newsroom_reads", args=[article.pk])).status_code == 302


def test_the_highest_bar_fills_the_drawing_and_a_single_read_is_seen():
    today = timezone.localdate()
    plot = plot_context([(today - timedelta(days=2), 1000), (today - timedelta(days=1), 0), (today, 1)])
    assert [bar[2] for bar in plot["bars"]] == [HEIGHT, 1]
    assert (plot["total"], plot["most"]) == (1001, 1000)
