"""Factories for pages and records that the demonstration does not have."""

import factory
import wagtail_factories
from django.conf import settings
from django.utils import timezone

from iom.contacts.models import Office, OfficeName, PressContact
from iom.core.models import slug_of
from iom.media.models import SiteImage
from newsroom.models import NewsArticle, NewsIndex, Topic, TopicName


class NamedFactory(factory.django.DjangoModelFactory):
    """A record with a name for each language: `TopicFactory(fr="Eau", en="")` has no English name."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        codes = [name for name in kwargs if name in dict(settings.LANGUAGES)]
        given = {code: kwargs.pop(code) for code in codes}
        return kwargs | {"names": [cls.row(code, value) for code, value in given.items() if value]}


class OfficeFactory(NamedFactory):
    kind = "country"
    fr = factory.Sequence(lambda n: f"Bureau {n}")
    en = factory.Sequence(lambda n: f"Office {n}")
    timezone = "Africa/Cairo"

    class Meta:
        model = Office

    @staticmethod
    def row(language, value):
        """Returns a row of names. `value` is the name, or the name and the city."""
        name, city = (value, "") if isinstance(value, str) else value
        return OfficeName(language=language, name=name, city=city)


class PressContactFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@example.org")
    office = factory.SubFactory(OfficeFactory)

    class Meta:
        model = PressContact


class TopicFactory(NamedFactory):
    fr = factory.Sequence(lambda n: f"Thème {n}")
    en = factory.Sequence(lambda n: f"Topic {n}")

    class Meta:
        model = Topic

    @staticmethod
    def row(language, name):
        return TopicName(language=language, name=name, slug=slug_of(name))


class SiteImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = SiteImage


class ArticleFactory(wagtail_factories.PageFactory):
    """A live article in the newsroom of `language` (by default French)."""

    title = factory.Sequence(lambda n: f"Article {n}")
    summary = "Résumé."
    kind = "news"  # a press release needs a contact
    date = factory.LazyFunction(timezone.now)
    language = "fr"
    slug = factory.Sequence(lambda n: f"article-{n}")

    class Meta:
        model = NewsArticle
        exclude = ["language"]

    @factory.lazy_attribute
    def parent(self):
        return NewsIndex.objects.get(locale__language_code=self.language)

    @factory.lazy_attribute
    def locale(self):
        return self.parent.locale
