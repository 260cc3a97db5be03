"""Creates content that no visitor may see, each text with words that occur nowhere else.

`create_article` also creates a public article.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.users.models import UserProfile

from aboutus.models import AboutPage
from iom.media.models import SiteDocument
from iom.tests.factories import ArticleFactory, PressContactFactory, SiteImageFactory
from iom.translation.tests import desk, joint
from iom.users.models import User
from newsroom.models import NewsArticle

COMMON = "zqcommon"  # all of them contain it, so that searches find them
FIELDS = ("title", "summary", "body", "slug", "credit", "file", "document", "attached", "contact", "email")


def words(kind: str) -> list[str]:
    return [f"zq{kind}{name}" for name in FIELDS]


def fields(kind: str) -> dict[str, Any]:
    """Returns the values of an article's fields, with a unique word in each."""
    word = dict(zip(FIELDS, words(kind), strict=True))
    picture = SiteImageFactory(title="p", credit=word["credit"], file__filename=f"{word['file']}.jpg", for_press=True)
    document = SiteDocument(title=word["document"])
    document.file.save(f"{word['attached']}.pdf", ContentFile(b"%PDF"))
    item = {"type": "item", "id": "d1", "value": {"document": document.pk, "label": ""}}
    return {
        "title": f"{COMMON} {word['title']}",
        "summary": f"{COMMON} {word['summary']}",
        "slug": f"{COMMON}-{word['slug']}",
        "body": [
            *desk.body(f"{COMMON} {word['body']}"),
            {"type": "documents", "id": "d0", "value": {"title": "", "items": [item]}},
        ],
        "lead_picture": picture,
        "picture_decorative": True,
    }


def create_article(kind: str, language: str = "fr", **more: Any) -> NewsArticle:
    """Creates an article of that kind, by default live."""
    article = ArticleFactory(language=language, **(fields(kind) | more))
    # The office has no country: the page of a country names the media contacts of its offices.
    contact = PressContactFactory(name=f"zq{kind}contact", email=f"zq{kind}email@example.org")
    article.contacts.create(contact=contact)
    article.countries.create(country="TD")
    article.save()
    article.save_revision()
    return NewsArticle.objects.get(pk=article.pk)


def create_draft(kind: str, language: str = "fr", **more: Any) -> NewsArticle:
    return create_article(kind, language, live=False, first_published_at=None, **more)


def scheduled() -> None:
    article = create_draft("scheduled")
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()


def embargoed() -> None:
    """Schedules a new version of a published article for publication in an hour."""
    article = NewsArticle.objects.get(pk=ArticleFactory(body=desk.body("Known.")).pk)
    for name, value in fields("embargoed").items():
        if name != "slug":
            setattr(article, name, value)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()


def changed() -> None:
    article = NewsArticle.objects.get(pk=ArticleFactory(body=desk.body("Known.")).pk)
    for name, value in fields("changed").items():
        setattr(article, name, value)
    article.save_revision()


def expired() -> None:
    """Creates an article that has expired, before the scheduler has unpublished it."""
    article = create_article("expired")
    NewsArticle.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def private(kind: str, **restriction: Any) -> None:
    row = PageViewRestriction.objects.create(page=create_article(kind), restriction_type=kind, **restriction)
    if kind == "groups":
        row.groups.add(Group.objects.first())


def _section(kind: str, parent: Any, **more: Any) -> AboutPage:
    word = dict(zip(FIELDS, words(kind), strict=True))
    page = AboutPage(
        title=f"{COMMON} {word['title']}",
        slug=f"{COMMON}-{word['slug']}",
        introduction=word["summary"],
        body=desk.body(word["body"]),
        show_in_menus=True,
        **more,
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    return AboutPage.objects.get(pk=page.pk)


def _about() -> AboutPage:
    return AboutPage.objects.filter(locale__language_code="fr", depth=3).first()


def below_private() -> None:
    section = _section("section", _about())
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    _section("below", AboutPage.objects.get(pk=section.pk))


def moved() -> None:
    """Moves a page below a private page."""
    section = _section("place", _about())
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    page = _section("moved", AboutPage.objects.get(pk=_about().pk))
    page.move(AboutPage.objects.get(pk=section.pk), pos="last-child")


def with_a_private_translation() -> None:
    original = create_article("counterpart")
    _state, page = desk.translated(original, NewsArticle(**_english("translation")))
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def _english(kind: str) -> dict[str, Any]:
    return {
        "title": f"{COMMON} zq{kind}title",
        "summary": f"{COMMON} zq{kind}summary",
        "body": desk.body(f"{COMMON} zq{kind}body"),
    }


def unpublished_translation() -> None:
    """Creates a published original whose translation is complete and not published."""
    original = NewsArticle.objects.get(pk=ArticleFactory(title="Known", body=desk.body("Known.")).pk)
    original.save_revision().publish()
    state = desk.submit(NewsArticle.objects.get(pk=original.pk), "en")
    desk.prefill(state, NewsArticle.objects.get(pk=original.pk), NewsArticle(**_english("half")))


def joint_publication() -> None:
    """Creates an article whose publication waits for its translation."""
    article = create_draft("joint", published_together=True)
    joint.ask_to_publish(article)


def unpublished_in_bulk() -> None:
    """Unpublishes an article by an update that sends no signal."""
    NewsArticle.objects.filter(pk=create_article("bulk").pk).update(live=False)


def moved_document_in_bulk() -> SiteDocument:
    """Moves a document into a private collection by an update that sends no signal."""
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = SiteDocument(title="d")
    document.file.save("d.pdf", ContentFile(b"%PDF zqfiledbody"))
    SiteDocument.objects.filter(pk=document.pk).update(collection=collection)
    return document


def avatar() -> None:
    """Stores an avatar of a user of the admin."""
    profile = UserProfile.get_for_user(User.objects.get(email="officer@example.org"))
    profile.avatar.save("me.jpg", ContentFile(b"zqavatarbody"))


KINDS: dict[str, Callable[[], Any]] = {
    "draft": lambda: create_draft("draft"),
    "english": lambda: create_draft("english", "en"),
    "scheduled": scheduled,
    "embargoed": embargoed,
    "changed": changed,
    "expired": expired,
    "password": lambda: private("password", password="x"),
    "login": lambda: private("login"),
    "groups": lambda: private("groups"),
    "section below": below_private,
    "place moved": moved,
    "counterpart translation": with_a_private_translation,
    "half": unpublished_translation,
    "joint": joint_publication,
    "bulk": unpublished_in_bulk,
    "filed": moved_document_in_bulk,
    "avatar": avatar,
}


def create_all() -> set[str]:
    """Creates all hidden content. Returns the words that no visitor may read."""
    for make in KINDS.values():
        make()
    return {word for kinds in KINDS for kind in kinds.split() for word in words(kind)}
