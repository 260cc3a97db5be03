"""Pages and records for tests that need their own beside the demonstration."""

import factory
import wagtail_factories
from django.utils import timezone

from iom.contacts.models import Office, PressContact
from iom.media.models import SiteImage
from newsroom.models import NewsArticle, NewsIndex, Topic


class OfficeFactory(factory.django.DjangoModelFactory):
    kind = "country"
    name_fr = factory.Sequence(lambda n: f"Bureau {n}")
    name_en = factory.Sequence(lambda n: f"Office {n}")
    timezone = "Africa/Cairo"

    class Meta:
        model = Office


class PressContactFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@example.org")
    office = factory.SubFactory(OfficeFactory)

    class Meta:
        model = PressContact


class TopicFactory(factory.django.DjangoModelFactory):
    name_fr = factory.Sequence(lambda n: f"Thème {n}")
    slug_fr = factory.Sequence(lambda n: f"theme-{n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")
    slug_en = factory.Sequence(lambda n: f"topic-{n}")

    class Meta:
        model = Topic


class SiteImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = SiteImage


class ArticleFactory(wagtail_factories.PageFactory):
    """A live article in the newsroom of `language` (French unless told otherwise)."""

    title = factory.Sequence(lambda n: f"Article {n}")
    summary = "Résumé."
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
