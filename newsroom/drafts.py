"""Stores values of an unpublished article's latest draft in its row, where lists of the admin read them.

Wagtail keeps a draft in a revision only: the row of the page does not change when the draft is saved.
"""

from typing import Any

from django.dispatch import receiver
from wagtail.models import ReferenceIndex

from iom.core import offices
from iom.publishing import events
from newsroom import dates
from newsroom.models import ArticleCountry, NewsArticle


@receiver(events.draft_saved)
def on_draft_saved(sender: Any, page: Any, **kwargs: Any) -> None:
    """Updates type, office, dates and countries of the row. Readers do not see them.

    The `sort_date` of a draft is the moment of its planned publication.
    """
    if sender is not NewsArticle or page.live or getattr(page, "is_translation", False):  # lists have originals
        return
    planned = page.go_live_at or dates.place_in_lists(page.date, page.first_published_at)
    NewsArticle.objects.filter(pk=page.pk).update(
        kind=page.kind, office=page.office_id, date=page.date, sort_date=planned
    )
    if offices.office_of(page) != page.office_id:  # the reference index protects the office from deletion
        page.row_office = page.office_id
        ReferenceIndex.create_or_update_for_object(NewsArticle.objects.get(pk=page.pk))
    wanted = {row.country.code: place for place, row in enumerate(page.countries.all()) if row.country}
    rows = ArticleCountry.objects.filter(article=page.pk)
    written = set(rows.values_list("country", flat=True))
    if written - wanted.keys():
        rows.exclude(country__in=wanted).delete()
    ArticleCountry.objects.bulk_create(
        ArticleCountry(article_id=page.pk, country=code, sort_order=place)
        for code, place in wanted.items()
        if code not in written
    )
