from datetime import date
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from aboutus.models.review import PageReview, review_date_annotations
from iom.core.blocks import BodyField
from iom.core.fields import translated
from iom.core.models import BasePage
from iom.listing.reading import children
from iom.seo import schema_org


class ReviewDates(NamedTuple):
    """The dates of the last and of the next review, as shown to readers."""

    on: date
    due: date


class SectionPage(BasePage):
    """A standing page with an introduction and a text, which is reviewed regularly. It lists its child pages."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One to three sentences, shown below the title and in the menu.")
    )
    body = BodyField(verbose_name=_("text"))

    override_translatable_fields = [*BasePage.override_translatable_fields, *translated("introduction", "body")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        abstract = True

    @classmethod
    def for_serving(cls) -> QuerySet[Any]:
        return super().for_serving().annotate(**review_date_annotations())

    @property
    def reviewed(self) -> ReviewDates | None:
        """The dates of the reviews; None before the first one. A page that is served has them from its own query."""
        if "known_due_on" in self.__dict__:
            dates = self.__dict__["known_reviewed_on"], self.__dict__["known_due_on"]
        else:
            dates = PageReview.objects.for_page(self).values_list("reviewed_on", "due_on").first() or (None, None)
        return ReviewDates(*dates) if dates[0] else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the child pages that are in menus, and the dates of the reviews."""
        found = {"children": children(self, in_menus=True), "reviewed": self.reviewed}
        return super().get_context(request, *args, **kwargs) | found

    def structured_data(self, context: Context) -> list[schema_org.Thing]:
        things = super().structured_data(context)
        if reviewed := self.reviewed:
            date = reviewed.on.isoformat()
            things = [*things, schema_org.thing("WebPage", name=self.title, url=self.full_url, lastReviewed=date)]
        return things
