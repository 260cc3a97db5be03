"""The banner: a short message at the top of every public page, from one moment to another.

There is one record. Each language has its own text. The content version includes the start and the end of the banner.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from iom import languages, links
from iom.caching.version import changes_by_clock
from iom.names import Name, Named, NamedForm, NameIn, NamesPanel
from iom.navigation.links import Link, in_current_language

MAX_LENGTH = 200  # characters: two lines on a desktop, six on a phone


class BannerForm(NamedForm):
    """Refuses to show a banner without a text in every language of the site, and names the missing languages."""

    def clean(self) -> dict[str, Any]:
        data = super(NamedForm, self).clean()
        written = {row["language"].data for row in self.formsets["names"] if (row["name"].data or "").strip()}
        missing = [languages.name(code) for code, _name in settings.LANGUAGES if code not in written]
        if data.get("is_shown") and missing:
            message = _("Enter the text in every language of the site. Missing: %(languages)s")
            self.add_error("is_shown", ValidationError(message, params={"languages": ", ".join(missing)}))
        return data


@register_setting(icon="warning")
class Banner(Named, BaseGenericSetting):
    """The banner of the whole site. Its texts are stored like the names of a record and loaded in the same query."""

    class Level(models.TextChoices):
        INFORMATION = "information", _("Information")
        WARNING = "warning", _("Warning")
        EMERGENCY = "emergency", _("Emergency")

    is_shown = models.BooleanField(
        _("show the banner"),
        default=False,
        help_text=_("At the top of every public page, in all languages, within a second."),
    )
    level = models.CharField(_("importance"), max_length=11, choices=Level, default=Level.INFORMATION)
    begins_at = models.DateTimeField(_("shown from"), null=True, blank=True, help_text=_("If empty: at once."))
    ends_at = models.DateTimeField(
        _("shown until"), null=True, blank=True, help_text=_("If empty: until you untick the box.")
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("link to a page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Readers are led to it in their language, if it is public in that language."),
    )
    local_name = NameIn("BannerText", "banner")
    default_name = NameIn("BannerText", "banner", settings.LANGUAGE_CODE)

    base_form_class = BannerForm
    search_fields = []
    panels = [
        FieldPanel("is_shown", icon="view"),
        FieldPanel("level"),
        NamesPanel(
            "names",
            [FieldPanel("name", widget=AdminAutoHeightTextInput), FieldPanel("label"), FieldPanel("address")],
            heading=_("Text"),
        ),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("begins_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = _("banner")

    def __str__(self) -> str:
        return super().__str__() or str(self._meta.verbose_name)

    def clean(self) -> None:
        super().clean()
        if self.begins_at and self.ends_at and self.ends_at <= self.begins_at:
            raise ValidationError({"ends_at": _("The end must be later than the beginning.")})

    def is_due(self, now: datetime) -> bool:
        """Whether readers see the banner at the given moment."""
        has_begun = self.begins_at is None or self.begins_at <= now
        return self.is_shown and has_begun and (self.ends_at is None or now < self.ends_at)

    @classmethod
    def current(cls) -> "Banner | None":
        """Returns the banner that readers see now, with its text, in one query; None without one."""
        found = cls.objects.filter(is_shown=True).first()
        return found if found is not None and found.is_due(timezone.now()) else None

    def link(self) -> Link | None:
        """Returns the link in the interface's language; None if there is no link, or none in this language."""
        text = self.shown_name
        if self.page_id:
            found = in_current_language([self.page_id]).get(self.page_id)
            return found and Link(text.label or found.title, found.url)
        if text.address and links.is_safe(text.address):
            return Link(text.label, text.address)
        return None


class BannerText(Name):
    """The text of the banner in one language, with the label and the address of its link."""

    banner = ParentalKey(Banner, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("text"), max_length=MAX_LENGTH, blank=True, help_text=_("One or two short sentences."))
    label = models.CharField(
        _("label of the link"),
        max_length=80,
        blank=True,
        help_text=_("If it is empty and the link leads to a page, the title of the page is shown."),
    )
    address = models.CharField(
        _("address of the link"),
        max_length=500,
        blank=True,
        validators=[links.check],
        help_text=_("Only if the link does not lead to a page of this site."),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["banner", "language"], name="banner_text_once_per_language")]

    def clean(self) -> None:
        super().clean()
        if self.address and not self.label:
            raise ValidationError({"label": _("Enter the label of the link.")})
        if (self.label or self.address) and not self.name:
            raise ValidationError({"name": _("Enter the text.")})


@changes_by_clock
def next_banner_change(now: datetime) -> datetime | None:
    """Returns when the banner next appears or disappears."""
    moments = Banner.objects.filter(is_shown=True).values_list("begins_at", "ends_at").first() or ()
    return min((moment for moment in moments if moment and moment > now), default=None)
