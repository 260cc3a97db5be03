"""The editing form of articles. Its first tab has all that a press release needs, in the order of the work."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

from iom.contacts.forms import OfficeFieldMixin
from iom.contacts.models import contacts_in_post
from iom.contacts.policy import own_office
from iom.core.models import BasePage
from iom.core.offices import office_of
from iom.core.rows import RowsField, RowsForm, RowsPanel
from newsroom import dates
from newsroom.topics import Topic


def _topics() -> Iterator[tuple[int, str]]:
    yield from ((topic.pk, str(topic)) for topic in Topic.objects.all())


def _contacts() -> Iterator[tuple[int, str]]:
    """Yields the contacts who are in post, by name."""
    yield from sorted(((contact.pk, str(contact)) for contact in contacts_in_post()), key=lambda one: one[1])


class ArticleForm(OfficeFieldMixin, RowsForm):
    """The form of an article. A new article gets the office of its author. Drafts may be unfinished."""

    countries = RowsField(lambda: countries, label=_("Countries"))
    topics = RowsField(_topics, label=_("Topics"))
    contacts = RowsField(_contacts, label=_("Media contacts"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "office" in self.fields and self.instance.pk is None and not self.instance.office_id and self.for_user:
            self.initial["office"] = own_office(self.for_user)
        if "body" in self.fields and self.instance.pk is None and not self.instance.body:
            self.initial["body"] = self.instance.body.stream_block.to_python([{"type": "paragraph", "value": ""}])
        if self.initial.get("date"):
            self.initial["date"] = dates.to_form(self.initial["date"])

    def known_office(self) -> int | None:
        return office_of(self.instance) if self.instance.pk else super().known_office()

    def clean_date(self) -> datetime | None:
        """Keeps the stored date unless the field has changed: its time may be noon in the user's time zone only."""
        date: datetime | None = self.cleaned_data["date"]
        if "date" not in self.changed_data:
            date = self.instance.date
        elif date:
            date = dates.from_form(date)
        return date

    def full_clean(self) -> None:
        self.instance.is_unfinished = self.is_deferred_validation  # True while a draft is saved or autosaved
        super().full_clean()


class ImportPanel(HelpPanel):
    """The notes of an import, above the form until the article is first published."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            article = self.instance
            has_note = article.pk and article.first_published_at is None and hasattr(article, "imported_text")
            return super().is_shown() and bool(has_note)


CONTENT = [
    ImportPanel(heading=_("Imported text"), template="newsroom/importing/note.html"),
    *Page.content_panels,
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("place"), FieldPanel("date")], heading=_("Dateline")),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("scope"), FieldPanel("office")], heading=_("Type and office")),
    MultiFieldPanel(
        [
            FieldPanel("lead_picture"),
            FieldPanel("picture_alt"),
            FieldPanel("picture_decorative"),
            FieldPanel("picture_caption"),
        ],
        heading=_("Lead picture"),
    ),
    FieldPanel("body"),
    RowsPanel("countries", heading=_("Countries")),
    RowsPanel("topics", heading=_("Topics")),
    MultiFieldPanel(
        [RowsPanel("contacts", heading=_("Media contacts")), FieldPanel("contacts_media_only")], heading=_("Contacts")
    ),
    MultiFieldPanel(
        [InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")), FieldPanel("updated_at")],
        heading=_("After publication"),
    ),
]
PROMOTION = [
    InlinePanel("related_articles", heading=_("Related news"), label=_("Article")),
    *BasePage.promote_panels[:-1],  # articles are in no menu
]
ARTICLE_TABS = TabbedInterface(
    [
        ObjectList(CONTENT, heading=_("Content")),
        ObjectList(PROMOTION, heading=_("Promote")),
        ObjectList([*Page.settings_panels, FieldPanel("published_together", icon="globe")], heading=_("Settings")),
    ],
    base_form_class=ArticleForm,
)
