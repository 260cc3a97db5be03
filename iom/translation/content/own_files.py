"""The pictures and documents that a language has chosen for its next publication are in use, as in a draft."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride

from iom.media import drafts
from iom.translation.content.places import Places


def _chosen(page: Page) -> Iterator[drafts.Reference]:
    places = Places(type(page))
    rows = SegmentOverride.objects.filter(context__object_id=page.translation_key, locale=page.locale_id)
    for row in rows.select_related("context"):
        place = row.context.field_path
        model = places.at(place).related_model
        if model in drafts.FILES:
            yield drafts.reference_to(model, row.data, place, row.context.path)


def _pages() -> Iterable[int]:
    chosen = SegmentOverride.objects.filter(
        context__object_id=OuterRef("translation_key"), locale=OuterRef("locale_id")
    )
    return Page.objects.filter(Exists(chosen)).values_list("pk", flat=True)


drafts.sources.append(drafts.Source(_chosen, _pages))
