"""The structured data of an article, in the vocabulary of schema.org."""

from typing import Any

from django.template import Context

from iom.core.templatetags.site import credit
from iom.countries import official_name
from iom.media.templatetags.pictures import picture_file
from iom.seo.schema_org import Thing, organization, picture, press_contact, thing
from iom.seo.templatetags.seo import absolute, description_of
from newsroom.dates import date_or_moment


class StructuredDataMixin:
    """The part of an article that builds its structured data from the context of its template."""

    def structured_data(self: Any, context: Context) -> list[Thing]:
        url, office = absolute(self.url), context["office"]
        article = thing(
            "NewsArticle",
            identifier=self.reference,
            headline=self.title,
            description=description_of(self),
            inLanguage=self.locale.language_code,
            datePublished=date_or_moment(self.date),
            dateModified=date_or_moment(context["modified_at"]),
            mainEntityOfPage=url,
            url=url,
            isAccessibleForFree=True,
            publisher=organization(contactPoint=[press_contact(card) for card in context["cards"]]),
            sourceOrganization=thing("GovernmentOrganization", name=office.name) if office else None,
            image=self._picture(context),
            dateline=self.place,
            about=[thing("Thing", name=topic.name) for topic in context["topics"]],
            contentLocation=[thing("Country", name=official_name(code)) for code in context["codes"]],
            correction=[
                thing("CorrectionComment", text=row.public_text, datePublished=row.date)
                for row in context["corrections"]
            ],
            **self._translations(),
        )
        return [*super().structured_data(context), article]  # type: ignore[misc]

    def _picture(self: Any, context: Context) -> Thing | None:
        image = self.lead_picture
        file = picture_file(context, image, "social")
        return picture(file, credit(image.credit), self.picture_caption) if file else None

    def _translations(self: Any) -> dict[str, Any]:
        """Returns the public translations of an original, or the public original of a translation."""
        texts = [text for text in self.translation_tree.translations if text.visible]
        described = {
            text.pk: thing("NewsArticle", headline=text.title, inLanguage=text.language, url=absolute(text.url))
            for text in texts
        }
        if self.pk not in described:
            return {}
        original = texts[0].pk
        if original != self.pk:
            return {"translationOfWork": described[original]}
        return {"workTranslation": [text for key, text in described.items() if key != self.pk]}
