"""An article in both languages, and wagtail-localize's addresses, for tests of what it would do."""

from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk
from newsroom.models import NewsArticle


def english(*paragraphs, **changes):
    words = {"title": "Title", "summary": "Summary.", "body": desk.body(*(paragraphs or ("One.",)))}
    return NewsArticle(**words | changes)


def french(**fields):
    return ArticleFactory(**{"title": "Titre", "summary": "Résumé.", "body": desk.body("Un.")} | fields)


def localizes(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def as_readers_have_it(page):
    page = NewsArticle.objects.get(pk=page.pk)
    return page.live, page.title, page.slug, [block.value.source for block in page.body]
