"""Builders of articles with pictures and documents, and of their archives."""

from django.core.files.base import ContentFile

from iom.media.models import SiteDocument
from iom.tests.factories import ArticleFactory, SiteImageFactory
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import builder


def picture(**fields):
    return SiteImageFactory(**({"credit": "© OIM/Ana Ruiz", "for_press": True} | fields))


def release(**fields) -> NewsArticle:
    """A published article with a picture and a document."""
    document = SiteDocument(title="Note", language="fr")
    document.file.save("note.pdf", ContentFile(b"%PDF-1.7 note"))
    body = [
        ("paragraph", "<p>Le premier <b>paragraphe</b>.</p>"),
        ("documents", {"title": "", "items": [{"document": document, "label": ""}]}),
    ]
    given = {
        "lead_picture": picture(),
        "picture_alt": "Un fleuve",
        "picture_caption": "Au bord du fleuve.",
        "body": body,
    }
    return ArticleFactory(**(given | fields))


def build_archive(one: NewsArticle) -> PressArchive:
    assert builder.build(one.pk)
    return PressArchive.objects.get(article=one.pk)


def link(visitor, one: NewsArticle) -> str:
    """The address of the archive on the page of the article; empty without a link."""
    content = visitor.get(one.url).content.decode()
    return content.partition('href="/-/press/')[2].partition('"')[0]


def is_served(visitor, archive: PressArchive) -> bool:
    status = visitor.get(archive.url).status_code
    assert status in (200, 404)
    return status == 200


def refresh(*articles: NewsArticle) -> None:
    """Rebuilds the outdated archives among those of these articles, as the scheduler does every minute."""
    found = {str(key) for key in builder.find_outdated()}
    for key in (str(one.pk) for one in articles):
        if key in found:
            builder.rebuild(key)
