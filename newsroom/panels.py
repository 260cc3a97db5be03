"""The article's editing form, in the order of an officer's work: text, picture, dateline, contacts, promotion."""

from typing import Any

from django.utils.translation import gettext_lazy as _
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
from iom.contacts.policy import own_office
from iom.core.forms import PageForm
from iom.core.offices import office_of


class ArticleForm(OfficeFieldMixin, PageForm):
    """A new article is issued by its author's office unless the author chooses another. Drafts may be unfinished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "office" in self.fields and self.instance.pk is None and not self.instance.office_id and self.for_user:
            self.initial["office"] = own_office(self.for_user)

    def known_office(self) -> int | None:
        return office_of(self.instance) if self.instance.pk else super().known_office()

    def full_clean(self) -> None:
        self.instance.is_unfinished = self.is_deferred_validation  # while a draft is saved, by hand or by itself
        super().full_clean()


class ImportPanel(HelpPanel):
    """What an import says to the officer, above the form until the article is first published."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            article = self.instance
            has_note = article.pk and article.first_published_at is None and hasattr(article, "imported_text")
            return super().is_shown() and bool(has_note)


CONTENT = [
    ImportPanel(heading=_("Imported text"), template="newsroom/importing/note.html"),
    *Page.content_panels,
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("scope")]),
    FieldPanel("body"),
    InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
]
PICTURE = [
    FieldPanel("lead_picture"),
    FieldPanel("picture_alt"),
    FieldPanel("picture_decorative"),
    FieldPanel("picture_caption"),
]
DATELINE = [
    FieldRowPanel([FieldPanel("place"), FieldPanel("date")], heading=_("Dateline")),
    FieldPanel("updated_at"),
    FieldPanel("office"),
    InlinePanel("countries", heading=_("Countries"), label=_("Country")),
    InlinePanel("topics", heading=_("Topics"), label=_("Topic")),
]
CONTACTS = [
    InlinePanel("contacts", heading=_("Media contacts"), label=_("Media contact")),
    FieldPanel("contacts_media_only"),
]
PROMOTION = [
    InlinePanel("related_articles", heading=_("Related news"), label=_("Article")),
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
        heading=_("For search engines and social networks"),
    ),
]
ARTICLE_TABS = TabbedInterface(
    [
        ObjectList(CONTENT, heading=_("Content")),
        ObjectList(PICTURE, heading=_("Picture")),
        ObjectList(DATELINE, heading=_("Place and date")),
        ObjectList(CONTACTS, heading=_("Contacts")),
        ObjectList(PROMOTION, heading=_("Promote")),
        ObjectList([*Page.settings_panels, FieldPanel("published_together")], heading=_("Settings")),
    ],
    base_form_class=ArticleForm,
)
