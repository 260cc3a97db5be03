"""The article's editing form, as an officer thinks: text, picture, dateline, contacts, promotion."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page

from newsroom.forms import ArticleForm
from newsroom.importing.admin.note import ImportPanel

CONTENT = [
    ImportPanel(heading=_("Imported text")),
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
    InlinePanel("contacts", heading=_("Press contacts"), label=_("Press contact")),
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
