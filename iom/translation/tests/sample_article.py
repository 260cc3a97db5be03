"""An article in both languages and wagtail-localize's URLs, for tests against localize's own behaviour."""

from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk
from newsroom.models import NewsArticle


def english(*paragraphs, **changes):
    words = {"title": "Title", "summary": "Summary.", "body": desk.body(*(paragraphs or ("One.",)))}
    return NewsArticle(**words | changes)


def french(**fields):
    return ArticleFactory(**{"title": "Titre", "summary": "Résumé.", "body": desk.body("Un.")} | fields)


def localize_url(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def public_content(page):
    page = NewsArticle.objects.get(pk=page.pk)
    return page.live, page.title, page.slug, [block.value.source for block in page.body]
