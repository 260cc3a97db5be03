from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.template import Context
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from aboutus.models.section import SectionPage
from iom.contacts.models.office import Gender
from iom.core.fields import overridable, shared, translated
from iom.core.search_content import SearchContent
from iom.media.templatetags.pictures import picture_file
from iom.phones import PhoneField
from iom.seo import schema_org


class StructurePage(SectionPage):
    """A post or unit of the organization: its mandate, its holder, its contact."""

    class Status(models.TextChoices):
        HELD = "held", _("Filled")
        ACTING = "acting", _("Ad interim")
        VACANT = "vacant", _("Vacant post")

    introduction = models.TextField(
        _("mandate"),
        blank=True,
        help_text=_("What the post or unit is responsible for. Shown below the title and in the menu."),
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.HELD)
    holder_name = models.CharField(_("name of the post holder"), max_length=120, blank=True)
    holder_gender = models.CharField(
        _("grammatical gender"),
        max_length=1,
        choices=Gender,
        blank=True,
        help_text=_("Used for the title in French."),
    )
    title_feminine = models.CharField(_("title (feminine)"), max_length=160, blank=True)
    title_masculine = models.CharField(_("title (masculine)"), max_length=160, blank=True)
    holder_since = models.DateField(_("in post since"), null=True, blank=True)
    holder_source = models.URLField(
        _("public source"),
        blank=True,
        help_text=_("The public web page that names the post holder. Not shown on the site."),
    )
    portrait = models.ForeignKey(
        "media.SiteImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact_email = models.EmailField(_("email address"), blank=True)
    contact_phone = PhoneField(_("telephone"), blank=True)
    reports_to = models.ForeignKey(
        "self",
        verbose_name=_("reports to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Used for the organization chart. The menu follows the order of the pages."),
    )

    parent_page_types = ["aboutus.AboutPage", "aboutus.StructurePage"]
    subpage_types = ["aboutus.StructurePage"]
    select_related_fields = ["portrait"]

    override_translatable_fields = [
        *SectionPage.override_translatable_fields,
        *translated("title_feminine", "title_masculine"),
        *shared("status", "holder_name", "holder_gender", "holder_since", "holder_source", "reports_to"),
        *overridable("portrait", "contact_email", "contact_phone"),
    ]
    content_panels = [
        *SectionPage.content_panels[:-1],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("holder_since")]),
                FieldRowPanel([FieldPanel("holder_name"), FieldPanel("holder_gender")]),
                FieldRowPanel([FieldPanel("title_feminine"), FieldPanel("title_masculine")]),
                FieldPanel("holder_source"),
                FieldPanel("portrait"),
            ],
            heading=_("Post holder"),
        ),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")], heading=_("Contact")),
        PageChooserPanel("reports_to", "aboutus.StructurePage"),
    ]
    search_fields = [*SectionPage.search_fields, index.SearchField("holder_name")]

    class Meta:
        verbose_name = _("post or unit")
        verbose_name_plural = _("posts and units")

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.VACANT and self.holder_name:
            raise ValidationError(
                {"holder_name": _("A vacant post has no post holder. Delete the name or change the status.")}
            )
        above, seen = self.reports_to, set[UUID]()
        while above is not None and above.translation_key not in seen:
            if above.translation_key == self.translation_key:
                raise ValidationError({"reports_to": _("This post would report to itself. Choose another post.")})
            seen.add(above.translation_key)
            above = above.reports_to

    def get_search_content(self) -> SearchContent:
        names = [] if self.status == self.Status.VACANT else [self.holder_name, self.holder_title]
        return replace(super().get_search_content(), names=names)

    @property
    def holder_title(self) -> str:
        """The title that agrees with the holder's gender; the page's title where there is none."""
        title = self.title_masculine if self.holder_gender == Gender.MASCULINE else self.title_feminine
        return title or self.title_feminine or self.title_masculine or self.title

    def structured_data(self, context: Context) -> list[schema_org.Thing]:
        """Adds the holder and the contact details of the post."""
        point = schema_org.thing("ContactPoint", email=self.contact_email, telephone=self.contact_phone)
        contact = [point] if self.contact_email or self.contact_phone else []
        unit = schema_org.thing(
            "GovernmentOrganization",
            name=self.title,
            url=self.full_url,
            description=self.introduction,
            parentOrganization=schema_org.organization(),
            contactPoint=contact,
        )
        if self.holder_name and self.status != self.Status.VACANT:
            image = schema_org.picture(picture_file(context, self.portrait, "portrait"))
            held = {"worksFor": schema_org.organization(), "image": image, "contactPoint": contact}
            unit = schema_org.person(self.holder_name, self.holder_title, **held)
        return [*super().structured_data(context), unit]


@dataclass(eq=False)
class Post:
    """A post in the organization chart with the posts that report to it."""

    page: StructurePage
    reports: list["Post"] = field(default_factory=list)


def chart(pages: models.QuerySet[StructurePage]) -> list[Post]:
    """Returns the posts of one language as trees by `reports_to`, which refers to the original post. One query."""
    pages = pages.select_related("reports_to", "portrait").order_by("path")
    posts = {page.translation_key: Post(page) for page in pages}
    tops: list[Post] = []
    for post in posts.values():
        superiors = list(_superiors(post, posts))
        (superiors[0].reports if superiors and post not in superiors else tops).append(post)
    return tops


def _superiors(post: Post, posts: dict[UUID, Post]) -> Iterator[Post]:
    """Yields the superior posts from the nearest up, each once. In a cycle, the post itself is among them."""
    seen: list[Post] = []
    while post.page.reports_to is not None and (above := posts.get(post.page.reports_to.translation_key)):
        if above in seen:
            return
        yield above
        seen.append(above)
        post = above
