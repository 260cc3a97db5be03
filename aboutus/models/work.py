from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from aboutus.children import listed_children
from aboutus.forms import WorkPageForm
from aboutus.goals import Goal, goal, validate_goals
from iom.core.blocks import BodyBlock
from iom.core.fields import shared, translated
from iom.core.models import BasePage
from newsroom.models import NewsArticle, Topic


class WorkPage(BasePage):
    """A field of work, a partnership, a call to act, data, the 2030 Agenda, where we work."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One to three sentences, also shown in the menu.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    goals = models.JSONField(
        _("Sustainable Development Goals"),
        default=list,
        blank=True,
        validators=[validate_goals],
        help_text=_("1 to 17."),
    )

    base_form_class = WorkPageForm
    parent_page_types = ["home.HomePage", "aboutus.WorkPage"]
    subpage_types = ["aboutus.WorkPage"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *translated("introduction", "body"),
        *shared("goals", "countries", "topics"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("goals"),
                InlinePanel("countries", heading=_("Countries")),
                InlinePanel("topics", heading=_("Topics")),
            ],
            heading=_("What it is about"),
            help_text=_("The news about these topics is listed below the text."),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page about our work")
        verbose_name_plural = _("pages about our work")

    @property
    def goal_list(self) -> list[Goal]:
        """The goals with their names, in their order."""
        return [goal(number) for number in sorted(self.goals)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        topics = WorkPageTopic.objects.filter(page=self).values("topic")
        news = NewsArticle.objects.listed(self.locale).filter(topics__topic__in=topics).distinct()
        return context | {"children": listed_children(self), "news": news[:4]}


class WorkPageCountry(models.Model):
    """A country that a page is about."""

    page = ParentalKey(WorkPage, on_delete=models.CASCADE, related_name="countries")
    country = CountryField(_("country"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "country"], name="country_once_per_work_page")]

    def __str__(self) -> str:
        return str(self.country)


class WorkPageTopic(models.Model):
    """A topic whose news a page lists."""

    page = ParentalKey(WorkPage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="topic_once_per_work_page")]

    def __str__(self) -> str:
        return str(self.topic)
