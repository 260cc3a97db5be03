from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from aboutus.models import WorkPage
from iom.caching.version import kept
from iom.contacts.models import ContactSettings
from iom.core.blocks import BodyField
from iom.core.fields import overridable, translated
from iom.core.models import BasePage
from iom.core.permissions import HomePermissionTester
from iom.listing.models import Entry
from iom.listing.reading import children, latest, shown
from iom.seo import structured
from iom.seo.templatetags.seo import absolute
from iom.users.models import User

LATEST = 5


@kept
def _in_language(locale: int, page: int) -> Entry | None:
    key = Page.objects.filter(pk=page).values("translation_key")
    return shown(locale).filter(translation_key__in=key).select_related("picture").first()


class HomePage(BasePage):
    """A language's front page: lead story, latest news, key figures, fields of work."""

    introduction = models.TextField(_("introduction"), blank=True)
    lead_story = models.ForeignKey(
        "newsroom.NewsArticle",
        verbose_name=_("lead story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "If empty, or if the article is not available in the language of the page, the latest article is shown."
        ),
    )
    body = BodyField(verbose_name=_("text and key figures"))

    is_creatable = False  # each language has one, created with the language
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["aboutus.AboutPage", "aboutus.WorkPage", "newsroom.NewsIndex"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *translated("introduction", "body"),
        *overridable("lead_story"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("lead_story"),
        FieldPanel("body"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug", read_only=True), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines and social networks"),
        )
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
        news = latest(self.locale_id, "type", ["newsarticle"], LATEST + 1)
        lead = next((entry for entry in news if entry.pk == self.lead_story_id), None)
        if lead is None and self.lead_story_id:
            lead = _in_language(self.locale_id, self.lead_story_id)
        lead = lead or next(iter(news), None)
        work = children(self, content_type=ContentType.objects.get_for_model(WorkPage))
        return context | {
            "notice": self.notice,
            "lead": lead,
            "latest": [entry for entry in news if entry != lead][:LATEST],
            "fields_of_work": work,
        }

    @property
    def notice(self) -> StreamValue.StreamChild | None:
        """The callout with which the text begins, if it does: visitors read it before anything else."""
        first = next(iter(self.body), None)
        return first if first is not None and first.block_type == "callout" else None

    def structured_data(self, context: Context) -> list[structured.Thing]:
        """The organization, with its accounts on social networks."""
        accounts = [account.value["url"] for account in ContactSettings.current().social_accounts]
        logo = absolute(static("img/icon-512.png"))
        return [structured.organisation(description=self.introduction, logo=logo, sameAs=accounts)]
