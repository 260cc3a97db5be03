"""Lead texts and pictures of countries and topics: permissions and display."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from aboutus.country_texts import CountryTextRow
from aboutus.models import CountryText, WorkPage
from aboutus.tests.country_pages import DIRECTORY, about, soup
from iom.core.lead_texts import SHOWN_FEATURES
from iom.listing.writing import refresh
from iom.media import public
from iom.media.models import SiteImage
from iom.tests.addresses import LANGUAGES, NEWS, SEARCH
from iom.tests.factories import ArticleFactory, OfficeFactory, SiteImageFactory, TopicFactory
from iom.tests.test_queries import queries
from newsroom.models import ArticleTopic, NewsArticle, Topic, TopicName

JAPAN = {"fr": f"{DIRECTORY['fr']}japon/", "en": f"{DIRECTORY['en']}japan/"}
TEXTS = {"fr": "Au Japon, l’OIM zibeline.", "en": "In Japan, IOM quokka."}


@pytest.fixture
def office(db):
    return OfficeFactory(country="JP")


def html(text):
    return f"<p>{text}</p>" if text else ""


def form(record=None, picture=None, alts=None, texts=TEXTS, name="name", **fields):
    """What the form sends, a row for each language."""
    rows = {row.language: row for row in record.names.all()} if record else {}
    data = {"picture": picture.pk if picture else "", **fields}
    data |= {
        "names-TOTAL_FORMS": 2,
        "names-INITIAL_FORMS": len(rows),
        "names-MIN_NUM_FORMS": 0,
        "names-MAX_NUM_FORMS": 1000,
    }
    order = [*rows, *(code for code in LANGUAGES if code not in rows)]
    for number, code in enumerate(order):
        prefix = f"names-{number}"
        row = rows.get(code)
        data |= {f"{prefix}-id": row.pk if row else "", f"{prefix}-language": code}
        data[f"{prefix}-alt"] = (alts or {}).get(code, "")
        data[f"{prefix}-{name}"] = rich_text(html(texts.get(code, "")), features=SHOWN_FEATURES)
        if name == "text":
            data |= {f"{prefix}-name": row.name if row else "", f"{prefix}-slug": row.slug if row else ""}
    return data


def add(client, **kwargs):
    return client.post(reverse("country_texts:add"), form(country="JP", **kwargs))


def change(client, record, **kwargs):
    return client.post(reverse("country_texts:edit", args=[record.pk]), form(record, country="JP", **kwargs))


def lead(visitor, address):
    return soup(visitor, address).select_one(".lead-text")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_officer_writes_about_a_country_and_readers_see_it_in_their_language(sign_in, visitor, office, language):
    picture = SiteImageFactory()
    assert lead(visitor, JAPAN[language]) is None

    answer = add(sign_in("officer"), picture=picture, alts={"fr": "Un port", "en": "A port"})

    assert answer.status_code == 302, answer.context["form"].errors
    shown = lead(visitor, JAPAN[language])
    assert shown.select_one(".rich-text").text.strip() == TEXTS[language]
    labelled = shown.select_one("[alt], [aria-label]")
    assert labelled.get("alt", labelled.get("aria-label")) == {"fr": "Un port", "en": "A port"}[language]


def test_a_language_without_a_text_shows_none_of_the_other(sign_in, visitor, office):
    add(sign_in("officer"), picture=SiteImageFactory(), alts={"fr": "Un port"}, texts={"fr": TEXTS["fr"]})
    assert TEXTS["fr"] in lead(visitor, JAPAN["fr"]).text
    assert lead(visitor, JAPAN["en"]) is None


def test_a_text_that_changes_or_is_deleted_is_not_shown_any_more(sign_in, visitor, office):
    client = sign_in("editor")
    add(client)
    record = CountryText.objects.get(country="JP")
    assert change(client, record, texts={"fr": "Autre texte."}).status_code == 302
    assert lead(visitor, JAPAN["fr"]).text.strip() == "Autre texte."
    assert lead(visitor, JAPAN["en"]) is None
    client.post(reverse("country_texts:delete", args=[record.pk]))
    assert lead(visitor, JAPAN["fr"]) is None


@pytest.mark.parametrize(("language", "word"), [("fr", "zibeline"), ("en", "quokka")])
def test_the_text_is_found_by_search_until_it_is_gone(sign_in, visitor, office, language, word):
    client, address = sign_in("editor"), f"{SEARCH[language]}?q={word}"
    found = f"a[href='{JAPAN[language]}']"
    assert not soup(visitor, address).select(found)
    add(client)
    assert soup(visitor, address).select(found)
    record = CountryText.objects.get(country="JP")
    change(client, record, texts=dict.fromkeys(LANGUAGES, "Rien."))
    assert not soup(visitor, address).select(found)
    change(client, CountryText.objects.get(country="JP"))
    assert soup(visitor, address).select(found)
    client.post(reverse("country_texts:delete", args=[record.pk]))
    assert not soup(visitor, address).select(found)


def test_a_picture_is_described_in_every_language_that_has_a_text(sign_in, office):
    client = sign_in("officer")
    assert add(client, picture=SiteImageFactory(), alts={"fr": "Un port"}).status_code == 200
    assert not CountryText.objects.filter(country="JP").exists()
    late = SiteImageFactory(rights_until=timezone.localdate() - timedelta(days=1))
    answer = add(client, picture=late, alts={"fr": "Un port", "en": "A port"})
    assert answer.status_code == 200
    assert "picture" in answer.context["form"].errors


def test_nothing_is_no_text_and_a_script_is_no_link(sign_in, office):
    client = sign_in("officer")
    assert add(client, texts={}).status_code == 200
    record = CountryText(country="JP")
    row = CountryTextRow(record=record, language="fr", name='<p><a href="javascript:alert(1)">x</a></p>')
    with pytest.raises(Exception, match="https"):
        row.full_clean(exclude=["record"])


def test_a_country_has_one_text(sign_in, office):
    client = sign_in("officer")
    add(client)
    assert add(client).status_code == 200
    assert CountryText.objects.filter(country="JP").count() == 1


def test_a_text_stays_with_its_country(sign_in, office):
    client = sign_in("officer")
    add(client)
    record = CountryText.objects.get(country="JP")
    client.post(reverse("country_texts:edit", args=[record.pk]), form(record, country="FR"))
    assert CountryText.objects.get(pk=record.pk).country == "JP"


def to_translate(client, record):
    """Whether the first page of the translator names the text."""
    address = reverse("country_texts:edit", args=[record.pk])
    return soup(client, reverse("wagtailadmin_home")).select(f"#lead-texts-section a[href='{address}']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translator_writes_the_text_of_their_language_alone(sign_in, visitor, office, language):
    other = "en" if language == "fr" else "fr"
    add(sign_in("officer"), texts={other: TEXTS[other]})
    record = CountryText.objects.get(country="JP")
    client = sign_in(f"translator.{language}")
    assert to_translate(client, record)

    data = form(
        record, texts={language: TEXTS[language], other: "Mine now."}, country="FR", picture=SiteImage.objects.first()
    )
    answer = client.post(reverse("country_texts:edit", args=[record.pk]), data)

    assert answer.status_code == 302, answer.context["form"].errors
    record = CountryText.objects.get(pk=record.pk)
    assert (str(record.country), record.picture) == ("JP", None)
    assert TEXTS[language] in lead(visitor, JAPAN[language]).text
    assert TEXTS[other] in lead(visitor, JAPAN[other]).text
    assert not to_translate(client, record)


def test_a_translator_sees_the_text_that_is_to_be_translated(sign_in, office):
    add(sign_in("officer"), texts={"fr": TEXTS["fr"]})
    record = CountryText.objects.get(country="JP")
    content = sign_in("translator.en").get(reverse("country_texts:edit", args=[record.pk])).content.decode()
    assert TEXTS["fr"] in content


def test_the_list_says_which_languages_lack_the_text(sign_in, office):
    client = sign_in("officer")
    add(client, texts={"fr": TEXTS["fr"]})
    rows = {next(row.stripped_strings): row for row in soup(client, reverse("country_texts:index")).select("tbody tr")}
    assert rows["Japon"].select("td")[-1].text.strip().lower() == "anglais"
    assert rows["Haïti"].select("td")[-1].text.strip() == ""


def test_the_picture_of_a_country_is_public_as_long_as_the_country_has_a_page(db):
    record = CountryText(country="JP", picture=SiteImageFactory())
    record.names = [CountryTextRow(language="fr", name=html(TEXTS["fr"]), alt="Un port")]
    record.save()
    assert not public.is_public(record.picture)
    about("JP", language="en")  # where the picture is not described
    assert not public.is_public(record.picture)
    article = about("JP")
    assert public.is_public(record.picture)
    pages = list(WorkPage.objects.filter(lists_countries=True).values_list("pk", flat=True))
    for field in ("live", "lists_countries"):
        WorkPage.objects.filter(pk__in=pages).update(**{field: False})
        assert not public.is_public(record.picture), field
        WorkPage.objects.filter(pk__in=pages).update(**{field: True})
    article.delete()
    assert not public.is_public(record.picture)


# --- Topics ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def topic(db):
    topic = TopicFactory(fr="Eau", en="Water")
    for language in LANGUAGES:
        article = ArticleFactory(language=language)
        ArticleTopic.objects.create(article=article, topic=topic)
        refresh([article.pk])
    return topic


def of_topic(language):
    return f"{NEWS[language]}?topic={'eau' if language == 'fr' else 'water'}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_a_topic_begins_with_its_text(sign_in, visitor, topic, language):
    data = form(topic, SiteImageFactory(), {"fr": "Un puits", "en": "A well"}, name="text")
    answer = sign_in("officer").post(reverse("topics:edit", args=[topic.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors

    assert TEXTS[language] in lead(visitor, of_topic(language)).text
    for address in (NEWS[language], f"{of_topic(language)}&kind=story"):
        assert lead(visitor, address) is None
    assert Topic.objects.get(pk=topic.pk).all_names == "Eau · Water"


def test_a_topic_without_a_text_in_a_language_shows_none_there(visitor, topic):
    TopicName.objects.filter(topic=topic, language="fr").update(text=html(TEXTS["fr"]))
    assert TEXTS["fr"] in lead(visitor, of_topic("fr")).text
    assert lead(visitor, of_topic("en")) is None


def show(picture, *topics, **names):
    """With an alternative text in the language of `names`."""
    for one in topics:
        one.picture = picture
        one.save()
    TopicName.objects.filter(topic__in=topics, **names).update(alt="Un puits")


def test_the_picture_of_a_topic_is_public_as_long_as_articles_have_it(topic):
    picture = SiteImageFactory()
    show(picture, topic, language="fr")
    assert public.is_public(picture)
    NewsArticle.objects.get(locale__language_code="fr", topics__topic=topic).unpublish()
    assert not public.is_public(picture)
    show(picture, topic, language="en")
    assert public.is_public(picture)


def test_the_picture_of_many_topics_costs_as_many_queries_as_that_of_one(topic):
    def query_count(*topics):
        picture = SiteImageFactory()
        show(picture, *topics)
        with CaptureQueriesContext(connection) as captured:
            assert public.is_public(picture)
        return len(captured)

    assert query_count(topic) == query_count(topic, *(TopicFactory() for _ in range(5)))


def test_texts_cost_readers_no_query_once_they_are_known(visitor, topic, office):
    about("JP")
    before = [len(queries(visitor, address)) for address in (JAPAN["fr"], of_topic("fr"))]
    TopicName.objects.filter(topic=topic).update(text=html("Un texte."))
    record = CountryText(country="JP")
    record.names = [CountryTextRow(language="fr", name=html("Un texte."))]
    record.save()
    assert [len(queries(visitor, address)) for address in (JAPAN["fr"], of_topic("fr"))] == before
