"""Visitors see nothing that is unpublished, private, expired or scheduled."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from aboutus.models import AboutPage
from iom.listing.writing import refresh
from iom.media.models import SiteDocument
from iom.tests import sitemap
from iom.tests.addresses import LANGUAGES, NAMES, NEWS, SEARCH, article, other_addresses, page
from iom.tests.factories import ArticleFactory
from newsroom.feed_links import FORMATS
from newsroom.models import ArticleTopic, NewsArticle, PressArchive, Topic, TopicName

pytestmark = pytest.mark.one_language
HIDDEN = ["haiti-shelter-managers", "photo-consent-rules", "call-for-local-projects", "border-posts-review"]


def hidden_articles():
    keys = [article(key, "fr").translation_key for key in HIDDEN]
    return list(NewsArticle.objects.filter(translation_key__in=keys))


@pytest.mark.parametrize("key", HIDDEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_article_is_not_served(visitor, key, language):
    for text in NewsArticle.objects.filter(translation_key=article(key, "fr").translation_key):
        response = visitor.get(text.url)
        assert text.title not in response.content.decode()
        assert text.summary not in response.content.decode()
        if key != "border-posts-review":  # the private article asks for its password
            assert response.status_code == 404


def test_a_hidden_article_has_no_text_and_nothing_to_download(visitor):
    for text in hidden_articles():
        with override(text.locale.language_code):
            response = visitor.get(text.text_url)
        assert text.title not in response.content.decode()
        assert text.summary not in response.content.decode()
        archive = PressArchive.objects.create(article=text, file="press/token/hidden.zip")
        assert visitor.get(archive.url).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_shows_a_hidden_article(visitor, language):
    titles = [text.title for text in hidden_articles()]
    addresses = [f"/{language}/", NEWS[language], f"/{language}/nowhere/"]
    addresses += [page.url for page in AboutPage.objects.filter(locale__language_code=language)]
    addresses += [f"{NEWS[language]}?page={number}" for number in range(1, 4)]
    addresses += [f"{NEWS[language]}?kind={kind}" for kind in NewsArticle.Kind.values]
    for text in hidden_articles():
        addresses += [
            f"{path}?q={word}" for word in text.title.split()[:4] for path in (SEARCH[language], NEWS[language])
        ]
    for address in addresses:
        content = visitor.get(address).content.decode()
        for title in titles:
            assert title not in content, address


def test_related_news_never_names_a_hidden_article(visitor):
    titles = [text.title for text in hidden_articles()]
    for text in NewsArticle.objects.filter(live=True).exclude(title__in=titles):
        content = visitor.get(text.url).content.decode()
        assert not [title for title in titles if title in content], text.url


def test_a_private_article_asks_for_its_password_in_both_languages(visitor):
    """Only the French page has the restriction; its translation is private as well."""
    for language in LANGUAGES:
        text = article("border-posts-review", language)
        response = visitor.get(text.url)
        assert response.status_code == 200
        assert 'type="password"' in response.content.decode()
        assert text.title not in response.content.decode()


def test_the_password_of_a_private_article_opens_it(client, db):
    from iom.demo.articles import PRIVATE_PASSWORD

    text = article("border-posts-review", "fr")
    form = client.get(text.url).context
    response = client.post(form["action_url"], {"password": PRIVATE_PASSWORD, "return_url": text.url}, follow=True)
    assert text.title in response.content.decode()


def test_an_expired_article_is_offline_before_the_scheduler_has_run(visitor):
    text = article("mobile-clinics-bogota", "fr")
    NewsArticle.objects.filter(pk=text.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert visitor.get(text.url).status_code == 404
    assert text.title not in visitor.get(f"{NEWS['fr']}?year={text.date.year}").content.decode()


SECRET = "Zanzibar"


def secret_topic(*slugs):
    rows = [TopicName(language=code, name=SECRET, slug=slug) for code, slug in zip(LANGUAGES, slugs, strict=True)]
    return Topic.objects.create(names=rows)


@pytest.mark.parametrize("state", ["without articles", "draft", "scheduled", "expired", "private", "other language"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_names_a_topic_before_a_listed_article_has_it(visitor, language, state):
    now = timezone.now()
    fields = {
        "draft": {"live": False},
        "scheduled": {"live": False, "go_live_at": now + timedelta(days=1)},
        "expired": {"expire_at": now - timedelta(seconds=1)},
        "other language": {"language": LANGUAGES[LANGUAGES[0] == language]},
    }
    topic = secret_topic("zqx-fr", "zqx-en")
    if state != "without articles":
        one = ArticleFactory(**{"language": language} | fields.get(state, {}))
        ArticleTopic.objects.create(article=one, topic=topic)
        refresh([one.pk])
        if state == "private":
            PageViewRestriction.objects.bulk_create([PageViewRestriction(page=one, restriction_type="login")])
    feeds = [f"{NEWS[language]}{name}/{query}" for name in FORMATS for query in ("", f"?topic=zqx-{language}")]
    addresses = [page(name, language).url for name in NAMES] + list(other_addresses(language).values())
    addresses += [
        *feeds,
        f"{NEWS[language]}?topic=zqx-{language}",
        *sitemap.addresses_of_parts(visitor),
        "/news-sitemap.xml",
    ]
    addresses += [f"{path}?q={SECRET}" for path in (SEARCH[language], NEWS[language], f"{NEWS[language]}rss/")]
    for address in addresses:
        content = visitor.get(address).content.decode()
        assert "zqx" not in content.replace(f"topic=zqx-{language}", ""), address
        assert SECRET not in content or SECRET in address, address  # the page repeats the search term


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_that_is_not_public_is_answered_like_an_unknown_topic(visitor, language):
    secret_topic("zqsecret", "zqsecret")
    for path in (f"{NEWS[language]}?", f"{NEWS[language]}rss/?", f"{SEARCH[language]}?q=migration&"):
        known, unknown = (visitor.get(f"{path}topic={slug}").content.decode() for slug in ("zqsecret", "zqnowhere"))
        assert known.replace("zqsecret", "") == unknown.replace("zqnowhere", "")


def test_original_files_of_pictures_are_not_served(visitor):
    picture = article("canada-25000-syrian-refugees", "fr").lead_picture
    assert visitor.get(f"/media/{picture.file.name}").status_code == 404


def test_the_address_of_a_draft_picture_cannot_be_guessed(db):
    draft = article("photo-consent-rules", "fr")
    first = draft.lead_picture.get_rendition("width-321").file.name
    second = draft.lead_picture.get_rendition("width-322").file.name
    assert first.split("/")[1] != second.split("/")[1]


def test_a_document_of_a_private_collection_is_not_served(visitor):
    collection = Collection.objects.get(depth=1).add_child(name="Embargo")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = SiteDocument(title="Embargo", collection=collection)
    document.file.save("secret.pdf", ContentFile(b"%PDF-secret"))
    response = visitor.get(document.url)
    assert response.status_code == 302
    assert visitor.get(f"/media/{document.file.name}").status_code == 404


def test_previews_and_the_admin_are_closed_to_visitors(visitor):
    draft = article("haiti-shelter-managers", "fr")
    for address in (
        f"/admin/pages/{draft.pk}/edit/",
        f"/admin/pages/{draft.pk}/edit/preview/",
        "/admin/",
        "/admin/localize/",
    ):
        response = visitor.get(address)
        assert response.status_code in (302, 404), address
        assert draft.title not in response.content.decode()


def test_no_page_names_a_contact_who_has_left(visitor):
    for language in LANGUAGES:
        content = visitor.get(article("seasonal-workers-guide", language).url).content.decode()
        assert "former@example.org" not in content
        assert "mailto:" in content  # the address of the office is shown instead
