"""A short text with a picture, in each language, about a record without a page of its own: a country, a topic.

The picture belongs to the record. The text and the alternative text belong to the row of a language. A language
without them shows none; it never shows the text of another language.
"""

from typing import Any, NamedTuple

from django.db import models
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText, expand_db_html

from iom import links
from iom.core.blocks import plain_text
from iom.core.blocks.rich_text import FEATURES
from iom.names import Named

SHOWN_FEATURES = [feature for feature in FEATURES if feature != "document-link"]


class LeadTextField(RichTextField):
    """Rich text of a few paragraphs, without unsafe links. Markup without text becomes an empty string."""

    default_validators = [links.check_rich_text]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        empty = {"blank": True, "default": "", "db_default": ""}
        super().__init__(*args, **{**empty, "features": SHOWN_FEATURES, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        from iom.core.rich_text_area import LenientRichTextArea  # imports models, which are not loaded yet

        return super().formfield(**{"widget": LenientRichTextArea(features=self.features), **kwargs})

    def clean(self, value: Any, model_instance: Any) -> str:
        cleaned: str = super().clean(value, model_instance)
        return cleaned if strip_tags(cleaned).strip() else ""


class Lead(NamedTuple):
    """The HTML and the picture that readers see; either may be empty. `partials/figure.html` shows the picture."""

    text: str
    picture: dict[str, Any] | None


class LeadText(models.Model):
    """The row of a language: an alternative text, and a LeadTextField with the name in `text_field`."""

    text_field = "text"

    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        default="",
        db_default="",  # the previous version of the site writes rows without it
        help_text=_("What the picture shows, for people who cannot see it."),
    )

    class Meta:
        abstract = True

    def lead(self, record: "Illustrated") -> Lead:
        """Returns the text and picture. Links to pages lead to the pages in the interface's language."""
        source = links.remove_unsafe_links(getattr(self, self.text_field))
        picture = {"image": record.picture, "alt": self.alt} if record.picture and self.alt else None
        return Lead(mark_safe(expand_db_html(source)), picture)  # noqa: S308  (rich text of editors, without scripts)

    @property
    def passages(self) -> list[str]:
        """The text without markup."""
        return plain_text.split_rich_text(RichText(getattr(self, self.text_field)))


class Illustrated(Named):
    """A record with a LeadText in each language."""

    picture = models.ForeignKey(
        "media.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown in each language in which its alternative text is written."),
    )

    class Meta:
        abstract = True
