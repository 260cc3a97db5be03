from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import BaseItem
from wagtail.models import Page

from aboutus.models import CountryText, StructurePage, WorkPage
from aboutus.models.about import CHART
from aboutus.reviews import hooks as reviews  # noqa: F401  (its hooks)
from aboutus.viewsets import CountryTextViewSet
from iom.contacts.models import Office
from iom.editorial.user_bar import LinkItem
from iom.listing.reading import is_listed
from iom.maps.places import Place
from newsroom.lead_texts import missing_texts_panel
from newsroom.models import Topic
from search.names import Name

hooks.register("register_admin_viewset", partial(CountryTextViewSet, "country_texts"))


@hooks.register("map_places")
def list_country_places(language: str) -> list[Place]:
    """Returns the countries that have a page in `language`; none where no page lists countries."""
    return [
        Place(country.code, country.name, country.short_name, f"{page.url_path}{country.slug}/", country.count)
        for page in WorkPage.with_countries()
        if page.locale.language_code == language
        for country in page.directory.values()
    ]


@hooks.register("searched_names")
def names_in_chart(language: str) -> Iterator[Name]:
    """Yields the titles of posts, and the holders' names and their parts, for the page with the chart."""
    held = StructurePage.objects.filter(is_listed()).order_by("pk")
    fields = "title_feminine", "title_masculine", "holder_name", "status", "locale__language_code"
    for *titles, holder, status, code in held.values_list(*fields):
        if code == language:
            names = [] if status == StructurePage.Status.VACANT else [holder, *holder.split()]
            yield from (Name(CHART, name) for name in dict.fromkeys([*titles, *names]) if name)


class OfficesItem(BaseItem):
    """Links to the offices of a country on its page, which has no edit view of its own."""

    def render_html(self, parent_context: Any) -> SafeString:
        user, offices = parent_context["request"].user, parent_context.get("offices") or ()
        if "country" not in parent_context or not user.has_perm("contacts.change_office"):
            return SafeString("")
        address = Office.snippet_viewset.get_url_name("edit")
        links = [
            LinkItem(reverse(address, args=[office.pk]), gettext("Edit “%(name)s”") % {"name": office})
            for office, _press in offices
        ]
        return mark_safe("".join(link.render_html(parent_context) for link in links))  # noqa: S308 - of templates


@hooks.register("construct_wagtail_userbar")
def add_offices_item(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    if isinstance(page, WorkPage) and page.lists_countries:
        items.append(OfficesItem())


@hooks.register("construct_homepage_panels")
def add_texts_to_translate(request: HttpRequest, panels: list[Component]) -> None:
    records = (  # a generator: they are read only for translators
        (record, reverse(f"{name}:edit", args=[record.pk]))
        for name, model in (("country_texts", CountryText), ("topics", Topic))
        for record in model.objects.prefetch_related("names")
    )
    if panel := missing_texts_panel(request.user, records):
        panels.append(panel)
