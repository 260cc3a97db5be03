from operator import attrgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from aboutus.models import WorkPage, newest_of_fields
from iom.caching.version import cached_per_version
from iom.contacts.models import ContactSettings
from iom.core.blocks import BodyField
from iom.core.fields import overridable, translated
from iom.core.models import BasePage
from iom.core.permissions import HomePermissionTester
from iom.listing.models import Entry
from iom.listing.reading import children, latest, shown
from iom.seo import schema_org
from iom.seo.templatetags.seo import absolute
from iom.users.models import User

MAX_LATEST = 5


FEATURES = ("feature_1", "feature_2", "feature_3", "feature_4")


@cached_per_version
def _entries_in_language(locale: int, pages: tuple[int, ...]) -> list[Entry]:
    """Returns the public entries, in this locale, of the texts of these pages, in the order of `pages`. One query."""
    keys = Page.objects.filter(pk__in=pages).values("translation_key")
    same = Page.objects.filter(pk__in=pages, translation_key=OuterRef("translation_key")).values("pk")[:1]
    entries: QuerySet[Any] = shown(locale).filter(translation_key__in=keys).select_related("picture")
    return sorted(entries.annotate(chosen=Subquery(same)), key=lambda entry: pages.index(entry.chosen))


def _feature_field(number: int) -> models.ForeignKey[Page | None, Page | None]:
    return models.ForeignKey(
        Page,
        verbose_name=format_lazy(_("feature {number}"), number=number),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class HomePage(BasePage):
    """The front page of a language: lead story, latest news, key figures, fields of work."""

    introduction = models.TextField(_("introduction"), blank=True)
    lead_story = models.ForeignKey(
        Page,
        verbose_name=_("lead story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "An article or another page, for example about a crisis. "
            "If empty, or if it is not public in the language of the page, the latest article is shown."
        ),
    )
    feature_1, feature_2, feature_3, feature_4 = map(_feature_field, range(1, 5))
    body = BodyField(verbose_name=_("text and key figures"))

    is_creatable = False  # each language has one, created with the language
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["aboutus.AboutPage", "aboutus.WorkPage", "newsroom.NewsIndex", "aboutus.PressContactsPage"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *translated("introduction", "body"),
        *overridable("lead_story", *FEATURES),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("lead_story"),
        MultiFieldPanel(
            [FieldPanel(name) for name in FEATURES],
            heading=_("Features"),
            help_text=_(
                "Articles or pages, shown below the latest news in this order. "
                "One that is not public in the language of the page is left out."
            ),
        ),
        FieldPanel("body"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug", read_only=True), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines and social networks"),
        ),
        FieldPanel("keywords"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def _set_core_field_defaults(self) -> None:
        self.slug = self.locale.language_code  # the addresses of all pages begin with it
        super()._set_core_field_defaults()

    def permissions_for_user(self, user: User | AnonymousUser) -> PagePermissionTester:
        return HomePermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chosen = tuple(key for name in FEATURES if (key := getattr(self, f"{name}_id")))
        features = _entries_in_language(self.locale_id, chosen) if chosen else []
        news = latest(self.locale_id, "type", ["newsarticle"], MAX_LATEST + 1 + len(features))
        lead = next((entry for entry in news if entry.pk == self.lead_story_id), None)
        if lead is None and self.lead_story_id:
            lead = next(iter(_entries_in_language(self.locale_id, (self.lead_story_id,))), None)
        lead = lead or next((entry for entry in news if entry not in features), None)
        work = children(self, content_type=ContentType.objects.get_for_model(WorkPage))
        paths = tuple(map(attrgetter("path"), work))
        newest = newest_of_fields(self.locale_id, paths)
        return context | {
            "notice": self.notice,
            "lead": lead,
            "latest": [entry for entry in news if entry != lead and entry not in features][:MAX_LATEST],
            "features": [entry for entry in features if entry != lead],
            "fields_of_work": [(entry, newest.get(path)) for entry, path in zip(work, paths, strict=True)],
        }

    @property
    def notice(self) -> StreamValue.StreamChild | None:
        """The callout at the beginning of the text, if there is one. It is shown first on the page."""
        first = next(iter(self.body), None)
        return first if first is not None and first.block_type == "callout" else None

    def structured_data(self, context: Context) -> list[schema_org.Thing]:
        """Returns the organization with its accounts on social networks."""
        accounts = [account.value["url"] for account in ContactSettings.current().social_accounts]
        logo = absolute(static("img/icon-512.png"))
        return [schema_org.organization(description=self.introduction, logo=logo, sameAs=accounts)]
