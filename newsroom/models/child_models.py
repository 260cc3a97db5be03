from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable, TranslatableMixin

from iom.core.fields import shared, translated
from iom.values import CheckedValues
from newsroom import dates


class ArticleRow(Orderable):
    """A child row of an article. Rows without a sort order from a form keep the order of their creation."""

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ["sort_order", "pk"]


class ArticleCountry(ArticleRow):
    """A country that an article is about."""

    article = ParentalKey("newsroom.NewsArticle", on_delete=models.CASCADE, related_name="countries")
    country = CountryField(_("country"), db_index=True)

    panels = [FieldPanel("country")]

    class Meta(ArticleRow.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "country"], name="country_once_per_article")]

    def __str__(self) -> str:
        return str(self.country)


class ArticleTopic(ArticleRow):
    """A topic that an article is about."""

    article = ParentalKey("newsroom.NewsArticle", on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey("newsroom.Topic", verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]

    class Meta(ArticleRow.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="topic_once_per_article")]

    def __str__(self) -> str:
        return str(self.topic)


class ArticleContact(ArticleRow):
    """A press contact listed below an article."""

    article = ParentalKey("newsroom.NewsArticle", on_delete=models.CASCADE, related_name="contacts")
    contact = models.ForeignKey(
        "contacts.PressContact", verbose_name=_("media contact"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("contact")]

    class Meta(ArticleRow.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "contact"], name="contact_once_per_article")]

    def __str__(self) -> str:
        return str(self.contact)


class Correction(CheckedValues, TranslatableMixin, ArticleRow):
    """A notice above the text of an article that says what has been corrected, and when."""

    article = ParentalKey("newsroom.NewsArticle", on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"))
    text = models.TextField(_("what has been corrected"))

    panels = [FieldPanel("date"), FieldPanel("text")]
    override_translatable_fields = [*translated("text"), *shared("date", "sort_order")]

    class Meta(TranslatableMixin.Meta, ArticleRow.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.date}: {self.text[:60]}"

    def clean(self) -> None:
        super().clean()
        if self.date:
            try:
                dates.refuse_future(self.date)
            except ValidationError as error:
                raise ValidationError({"date": error}) from error

    @property
    def public_text(self) -> str:
        """The text for readers; for a translation without one, a sentence that its original has been corrected."""
        return self.text or gettext("The original of this text has been corrected.")


class RelatedArticle(ArticleRow):
    """An article that the author recommends below this one."""

    article = ParentalKey("newsroom.NewsArticle", on_delete=models.CASCADE, related_name="related_articles")
    related = models.ForeignKey(
        "newsroom.NewsArticle", verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("related", "newsroom.NewsArticle")]

    class Meta(ArticleRow.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "related"], name="related_once_per_article")]

    def __str__(self) -> str:
        return str(self.related)
