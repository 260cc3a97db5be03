from django.db import connection

from newsroom.models import NewsArticle


def test_lists_are_read_in_the_order_of_an_index(db):
    """However many articles there are, none is sorted for a list. So few PostgreSQL may sort as well."""
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_sort = off")
    assert "newsroom_latest_first" in NewsArticle.objects.order_by("-sort_date", "-id")[:20].explain()
