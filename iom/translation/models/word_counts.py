"""Word counts of published translations, by publication and translator."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from iom.translation.models.state import TranslationVersion


class Figures(models.Model):
    """The number of the original's words in a published translation, by the translator of its passages.

    They stay when the page is deleted, since the work is paid. `workflow.word_counts` defines the numbers.
    """

    version = models.ForeignKey(TranslationVersion, null=True, on_delete=models.SET_NULL, related_name="figures")
    translation_key = models.UUIDField()  # of the text, which some users may not see
    title = models.CharField(_("title"), max_length=255)
    source_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("translator"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published on"), db_index=True)
    new = models.PositiveIntegerField(_("new words"), default=0)
    changed = models.PositiveIntegerField(_("changed words"), default=0)
    exact = models.PositiveIntegerField(_("exact matches"), default=0)
    repeated = models.PositiveIntegerField(_("repeated words"), default=0)

    class Meta:
        verbose_name = _("figures of a translation")
        verbose_name_plural = _("figures of translations")

    def __str__(self) -> str:
        return f"{self.title}, {self.published_at:%Y-%m-%d}"
