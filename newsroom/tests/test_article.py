"""What an article shows besides its text: countries, topics, contacts, corrections, related news."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from iom.listing.tests.listed_articles import as_articles
from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, SiteImageFactory, TopicFactory
from newsroom.models import ArticleContact, ArticleCountry, ArticleTopic, Correction, NewsArticle, RelatedArticle


@pytest.fixture
def shown(rf, db):
    """Returns the context of the template of an article."""

    def shown(page):
        page = NewsArticle.objects.get(pk=page.pk)
        with translation.override(page.locale.language_code):
            return page.get_context(rf.get(page.url))

    return shown


def article(countries=(), topics=(), related=(), contacts=(), **fields):
    made = ArticleFactory(**fields)
    made.countries = [ArticleCountry(country=code) for code in countries]
    made.topics = [ArticleTopic(topic=topic) for topic in topics]
    made.related_articles = [RelatedArticle(related=other) for other in related]
    made.contacts = [ArticleContact(contact=contact) for contact in contacts]
    made.save()
    return made


def days_ago(number):
    return datetime(2031, 6, 30, 12, tzinfo=UTC) - timedelta(days=number)


@pytest.fixture
def topic(db):
    return TopicFactory()


def test_articles_about_the_same_are_related_latest_first(shown, topic):
    others = [article(topics=[topic], date=days_ago(number)) for number in (3, 1, 2)]
    article(topics=[TopicFactory()], date=days_ago(0))

    assert as_articles(shown(article(topics=[topic]))["related"]) == [others[1], others[2], others[0]]


def test_countries_keep_the_order_in_which_they_were_written(shown):
    page = article(["KE", "UG", "ET", "TZ"])
    for code in ("KE", "ET"):
        ArticleCountry.objects.filter(article=page, country=code).update(country=code)  # PostgreSQL moves the row

    assert shown(page)["codes"] == ["KE", "UG", "ET", "TZ"]


def test_what_shares_most_is_nearest_and_a_topic_counts_more_than_a_country(shown, topic):
    country = article(["EG"], date=days_ago(0))
    about_topic = article([], [topic], date=days_ago(2))
    both = article(["EG"], [topic], date=days_ago(3))

    assert as_articles(shown(article(["EG"], [topic]))["related"]) == [both, about_topic, country]


def test_what_the_author_chose_comes_first(shown, topic):
    chosen = article(date=days_ago(5000))
    automatic = [article(topics=[topic], date=days_ago(number)) for number in (1, 2, 3)]

    assert as_articles(shown(article(topics=[topic], related=[chosen]))["related"]) == [chosen, *automatic[:2]]


def test_an_article_is_not_related_to_itself_nor_twice_to_another(shown, topic):
    other = article(["IS", "NZ"], [topic])
    one = article(["IS", "NZ"], [topic], related=[other])

    assert as_articles(shown(one)["related"]) == [other]


def test_a_chosen_article_is_shown_in_the_readers_language(shown):
    chosen, chosen_translation = pair()
    original = article(related=[chosen])
    translation = translate(original)

    assert as_articles(shown(original)["related"]) == [chosen]
    assert as_articles(shown(translation)["related"]) == [chosen_translation]


@pytest.mark.parametrize("state", ["draft", "expired", "private", "other language"])
def test_nothing_that_a_reader_may_not_see_is_related(shown, topic, state):
    other = article(
        topics=[topic],
        live=state != "draft",
        expire_at=timezone.now() - timedelta(seconds=1) if state == "expired" else None,
        language="en" if state == "other language" else "fr",
    )
    if state == "private":
        restrict(other)

    assert as_articles(shown(article(topics=[topic], related=[other]))["related"]) == []


def test_an_article_about_nothing_has_no_related_news(shown):
    article(["EG"])

    assert as_articles(shown(article())["related"]) == []


def test_a_topic_is_shown_only_where_it_has_a_name(shown):
    only_french = TopicFactory(en="")
    original = article(topics=[only_french])
    translation = translate(original)

    assert [row.topic for row in shown(original)["topics"]] == [only_french]
    assert shown(translation)["topics"] == []


def test_others_answer_for_contacts_who_have_left(shown):
    office = OfficeFactory(email="office@example.org")
    gone = PressContactFactory(name="Gone", office=office, in_post_until=timezone.localdate() - timedelta(days=1))
    here = PressContactFactory(name="Here")

    cards = shown(article(contacts=[gone, here]))["cards"]

    assert [(card.name, card.email) for card in cards] == [("", "office@example.org"), ("Here", here.email)]


def test_contacts_and_countries_stand_in_the_order_of_the_author(shown):
    contacts = [PressContactFactory(name=name) for name in ("Zoé", "Aya", "Marc")]
    context = shown(article(["JO", "CA", "LB"], contacts=contacts))

    assert [card.name for card in context["cards"]] == ["Zoé", "Aya", "Marc"]
    assert context["codes"] == ["JO", "CA", "LB"]


def test_corrections_are_shown_latest_first_in_the_language_of_the_article(shown, db):
    english = NewsArticle.objects.get(url_path__startswith="/en/news/colombia-five-mobile-clinics")
    french = english.get_translation(at("/fr/").locale)
    texts = {}
    for page in (french, english):
        rows = list(shown(page)["corrections"])
        assert rows
        assert [row.date for row in rows] == sorted((row.date for row in rows), reverse=True)
        texts[page] = [row.text for row in rows]

    assert len(texts[french]) == len(texts[english])
    assert not set(texts[french]) & set(texts[english])


@pytest.mark.parametrize(
    ("child", "rows"),
    [
        ("countries", lambda: [ArticleCountry(country="EG"), ArticleCountry(country="EG")]),
        ("topics", lambda: [ArticleTopic(topic_id=1), ArticleTopic(topic_id=1)]),
        ("contacts", lambda: [ArticleContact(contact_id=1), ArticleContact(contact_id=1)]),
        ("related_articles", lambda: [RelatedArticle(related_id=53), RelatedArticle(related_id=53)]),
    ],
)
def test_nothing_is_named_twice_by_an_article(db, child, rows):
    made = ArticleFactory()
    setattr(made, child, rows())

    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_a_preview_shows_what_the_form_holds_before_it_is_saved(rf, topic):
    contact = PressContactFactory(name="Aya")
    draft = NewsArticle(title="Brouillon", locale=at("/fr/").locale)
    draft.countries = [ArticleCountry(country="EG")]
    draft.topics = [ArticleTopic(topic=topic)]
    draft.contacts = [ArticleContact(contact=contact)]
    draft.corrections = [Correction(date=date(2026, 1, 1), text="Erratum")]
    chosen = ArticleFactory()
    draft.related_articles = [RelatedArticle(related=chosen)]

    with translation.override("fr"):
        context = draft.get_context(rf.get("/"))

    assert [card.name for card in context["cards"]] == ["Aya"]
    assert [row.topic for row in context["topics"]] == [topic]
    assert [row.text for row in context["corrections"]] == ["Erratum"]
    assert chosen in as_articles(context["related"])


def test_a_preview_of_changes_shows_the_corrections_of_the_form(rf, db):
    saved = ArticleFactory()
    saved.corrections = [Correction(date=date(2026, 1, 2), text="Erratum")]

    context = saved.get_context(rf.get("/"))

    assert [row.text for row in context["corrections"]] == ["Erratum"]


def test_a_lead_picture_needs_an_alternative_text_or_says_that_it_is_decorative(db):
    picture = SiteImageFactory()

    with pytest.raises(ValidationError) as refusal:
        ArticleFactory(lead_picture=picture)

    assert set(refusal.value.error_dict) == {"picture_alt"}
    ArticleFactory(lead_picture=picture, picture_alt="Une gare.")
    ArticleFactory(lead_picture=picture, picture_decorative=True)


@pytest.mark.parametrize("number", [1, 4])
def test_an_article_costs_the_same_however_much_it_names(rf, visiting, django_assert_num_queries, number):
    topics = [TopicFactory() for _ in range(number)]
    contacts = [PressContactFactory(office=OfficeFactory(email="x@example.org")) for _ in range(number)]
    for _ in range(number):
        article(["EG"], topics)
    made = article(["EG", "JO", "LB", "SY"][:number], topics, contacts=contacts)
    page = NewsArticle.for_serving().get(pk=made.pk)

    with visiting(), translation.override("fr"):
        page.get_context(rf.get("/"))
        with django_assert_num_queries(2):  # its rows; what is related
            context = page.get_context(rf.get("/"))
        assert len(context["cards"]) == number
        assert len(list(context["corrections"])) == 0
        assert context["related"]


@pytest.mark.parametrize(("language", "words"), [("fr", "Réservé aux médias"), ("en", "For media only")])
@pytest.mark.parametrize("is_for_media", [True, False])
def test_readers_are_told_whether_contacts_are_for_the_media_only(visitor, language, words, is_for_media):
    page = article(contacts=[PressContactFactory()], language=language, contacts_media_only=is_for_media)
    assert (words in visitor.get(page.url).content.decode()) == is_for_media
