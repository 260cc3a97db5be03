from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext, override, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index

from iom.contacts.models import cards, offices_by_key, press_contacts_by_key
from iom.core import offices
from iom.core.blocks import BodyField, find_headings, get_passages
from iom.core.blocks.contact_box import first_contact_box
from iom.core.fields import overridable, per_language, shared, translated
from iom.core.models import BasePage
from iom.core.search_content import SearchContent
from iom.countries import region_of
from iom.listing.contents import Contents
from iom.listing.models import Entry
from iom.listing.reading import related
from iom.names import interface_language
from iom.navigation.translation_tree import TreePage
from newsroom import dates
from newsroom.citation import citation
from newsroom.kinds import Kind, Scope
from newsroom.models.archive import PressArchive
from newsroom.models.child_rows import get_child_rows
from newsroom.models.press_contacts import PressContactsMixin
from newsroom.models.reference import ReferenceMixin, get_or_create_reference
from newsroom.panels import ARTICLE_TABS
from newsroom.review.policy import ReviewMixin
from newsroom.structured_data import StructuredDataMixin
from newsroom.topics import topic_names

MAX_RELATED = 3


class NewsArticle(ReviewMixin, ReferenceMixin, PressContactsMixin, StructuredDataMixin, BasePage):
    """An article of the newsroom in one language: a press release, a statement, a story …"""

    Kind = Kind
    Scope = Scope

    summary = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_("One or two sentences, shown below the headline and in lists."),
    )
    kind = models.CharField(_("type"), max_length=16, choices=Kind, default=Kind.PRESS_RELEASE, db_index=True)
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.GLOBAL, db_index=True)
    office = models.ForeignKey(
        "contacts.Office",
        verbose_name=_("issuing office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Your own office, unless you choose another."),
    )
    place = models.CharField(
        _("place"),
        max_length=120,
        blank=True,
        help_text=_("Shown before the date, for example Geneva or Port-au-Prince."),
    )
    date = models.DateTimeField(
        _("date"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "Date and time of the text. Leave empty to use the moment of publication. If only the day is known, enter "
            "12:00."
        ),
    )
    sort_date = models.DateTimeField(null=True, editable=False)  # by which lists are ordered; see newsroom.dates
    # The same for all languages of a text; assigned at the first publication, and never changed afterwards
    reference = models.CharField(
        _("reference number"), max_length=16, blank=True, default="", db_default="", editable=False
    )
    updated_at = models.DateTimeField(
        _("updated on"),
        null=True,
        blank=True,
        help_text=_("Shown to readers. Enter when the meaning of the text last changed."),
    )
    lead_picture = models.ForeignKey(
        "media.SiteImage",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    picture_decorative = models.BooleanField(_("decorative: adds nothing to the text"), default=False)
    picture_caption = models.CharField(
        _("caption"), max_length=320, blank=True, help_text=_("The credit is added automatically.")
    )
    body: StreamField = BodyField(verbose_name=_("text"))
    published_together = models.BooleanField(
        _("publish all languages together"),
        default=False,
        help_text=_("The article is published only when its translation is complete."),
    )
    contacts_media_only = models.BooleanField(_("for media only"), default=True)

    is_unfinished = False  # set by the form while it saves a draft, which may lack what a publication needs

    parent_page_types = ["newsroom.NewsIndex"]
    subpage_types: list[str] = []
    may_be_withdrawn = True
    select_related_fields = ["lead_picture", "press_archive"]
    listed_relations = ("countries", "topics", "contacts", "corrections")
    described_pictures = {"lead_picture": ("picture_alt", "picture_caption")}
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "date", "updated_at", "reference", "corrections"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *translated("summary", "place", "picture_alt", "picture_caption", "body", "corrections"),
        *shared("kind", "scope", "office", "date", "updated_at", "picture_decorative", "contacts_media_only"),
        *shared("published_together"),
        *shared("countries", "topics", "contacts", "related_articles"),
        *overridable("lead_picture"),
        *per_language("sort_date", "reference"),
    ]
    edit_handler = ARTICLE_TABS
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("kind"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-sort_date", "-page_ptr"], name="newsroom_latest_first")]

    @property
    def scope_alone(self) -> str:
        return Scope(self.scope).alone

    def clean(self) -> None:
        super().clean()
        is_described = self.picture_alt or self.picture_decorative
        if self.lead_picture_id and not is_described and not self.is_unfinished:
            raise ValidationError({"picture_alt": _("Write an alternative text or mark the picture as decorative.")})

    def save(self, *args: object, **kwargs: object) -> None:
        """Gives a live article a date and a reference number: its own, else those of another language of the text,
        else new ones."""
        if self.live:
            published = self.first_published_at or timezone.now()
            date = dates.publication_date(self.date, published)
            if date != self.date or not self.reference:
                published_values = self._values_in_another_language()
                self.date = self.date if date == self.date else published_values.get("date") or date
                self.reference = (
                    self.reference
                    or published_values.get("reference")
                    or get_or_create_reference(self.translation_key, date)
                )
        self.sort_date = dates.place_in_lists(self.date, self.first_published_at)
        super().save(*args, **kwargs)

    def _values_in_another_language(self) -> dict[str, Any]:
        """Returns the date and the reference number of the text in a language in which it is live; else nothing."""
        texts = NewsArticle.objects.filter(translation_key=self.translation_key, live=True).exclude(pk=self.pk)
        return texts.order_by("pk").values("date", "reference").first() or {}

    def with_content_json(self, content: dict[str, object]) -> "NewsArticle":
        """Gives a draft without a date the one that the page got when it was first published."""
        article: NewsArticle = super().with_content_json(content)
        article.row_office = offices.office_of(self)
        article.reference = self.reference
        if article.date is None and self.first_published_at is not None:
            article.date = self.date
        return article

    def on_schedule_changed(self, moment: datetime | None, before: datetime | None = None) -> None:
        """Sets the date to the time of the scheduled first publication, and clears it once the schedule is removed."""
        if self.first_published_at is None and (moment or self.date == before):
            self.date = moment

    def get_listing_contents(self) -> Contents:
        countries = [row.country.code for row in self.stored_rows("countries")]
        facets = {("kind", self.kind), ("scope", self.scope)}
        facets |= {("country", code) for code in countries}
        facets |= {("region", region) for region in map(region_of, countries) if region}
        facets |= {("topic", str(row.topic_id)) for row in self.stored_rows("topics")}
        if self.sort_date:
            facets.add(("year", str(dates.day_of(self.sort_date).year)))
        if self.office_id:
            facets.add(("office", str(self.office_id)))
        return Contents(
            summary=self.summary,
            kind=self.kind,
            scope=self.scope,
            place=self.place,
            office=self.office_id,
            picture=self.lead_picture_id,
            countries=countries,
            date=self.sort_date,
            shown_date=self.date,
            updated_at=self.updated_at,
            corrected_on=max((row.date for row in self.stored_rows("corrections")), default=None),
            facets=frozenset(facets),
        )

    def stored_rows(self, name: str) -> list[Any]:
        """Returns the child rows in the database, without a query for those that were just saved with the page."""
        written: dict[str, list[Any]] = getattr(self, "written_child_rows", {})
        return written[name] if name in written else list(getattr(self, name).all())

    @property
    def text_url(self) -> str:
        """The address of the article as plain text. In a preview it is relative to the article."""
        return f"{self.url or ''}{_text_route()}"

    @property
    def current_archive(self) -> PressArchive | None:
        """The archive for journalists, if it exists and was built after the last publication."""
        archive: PressArchive | None = getattr(self, "press_archive", None)
        return archive if archive and archive.file and not archive.is_outdated else None

    def get_search_content(self) -> SearchContent:
        corrections = self.stored_rows("corrections")
        text = "\n".join([*get_passages(self.body), self.picture_caption, *(row.public_text for row in corrections)])
        contacts = [("contact", str(row.contact_id)) for row in self.stored_rows("contacts")]
        headings = [self.search_description, *find_headings(self.body), *[gettext("Correction")] * len(corrections)]
        texts = self.title, self.summary, text, headings, [self.place]
        return SearchContent(*texts, facets=contacts, reference=self.reference, keywords=self.keywords)

    def own_routes(self) -> dict[str, dict[str, object]]:
        return super().own_routes() | {_text_route(self.locale.language_code).strip("/"): {"as_text": True}}

    def sub_route_in(self, language: str, sub_route: str) -> str | None:
        return _text_route(language) if sub_route and sub_route == _text_route() else sub_route

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        rows = get_child_rows(self)
        names, by_key = topic_names(interface_language()), press_contacts_by_key()
        corrections = sorted(rows["corrections"], key=lambda row: row.date, reverse=True)
        return context | {
            "codes": rows["countries"],
            "topics": [names[key] for key in rows["topics"] if key in names],
            "cards": (answering_cards := self.cards_with_fallback(cards([by_key[key] for key in rows["contacts"]]))),
            "contact_anchor": "media-contact" if answering_cards else first_contact_box(self.body),
            "office": offices_by_key().get(self.office_id or 0),
            "citation": citation(self),
            "corrections": corrections,
            "modified_at": dates.modified_at(
                self.updated_at or self.date, [row.date for row in corrections], self.last_published_at
            ),
            "original": self._original(),
            "related": self._related(rows),
        }

    def _original(self) -> TreePage | None:
        """Returns the original of a translation, if it is public. Its corrections are shown there."""
        texts = self.translation_tree.translations if self.pk else []
        return next((text for text in texts if text.visible and text.pk != self.pk), None)

    def _related(self, rows: dict[str, list[Any]]) -> list[Entry]:
        """Returns MAX_RELATED articles: those chosen by the author, then those that share most topics and countries.

        Among equals, the latest come first. Only the latest of each topic and country are compared.
        """
        weights = {("topic", str(topic)): 2 for topic in rows["topics"]}
        weights |= {("country", code): 1 for code in rows["countries"]}
        return related(self, rows["related_articles"], weights, MAX_RELATED)


def _text_route(language: str | None = None) -> str:
    """Returns the address of the plain text below its article, in this language, else in the active one."""
    with override(language or get_language()):
        return pgettext("address", "text/")
