"""An officer publishes a correction with one form, and readers of both languages see it at once everywhere."""

import datetime
import json
import re
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from iom.listing.models import Entry
from iom.tests.addresses import CORRECTIONS, LANGUAGES, NEWS
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from newsroom import dates
from newsroom.feed_links import FORMATS
from newsroom.models import Correction, NewsArticle
from newsroom.press import builder
from search import engine
from search.index import differences

pytestmark = pytest.mark.django_db
TEXTS = {"fr": "Le pont mesure 90 m, non 900 m.", "en": "The bridge is 90 m long, not 900 m."}
NOTICE = "The original of this text has been corrected."
DAY = datetime.date(2026, 2, 3)
MORNING = datetime.datetime(2026, 2, 3, 9, 30, tzinfo=ZoneInfo("Europe/Zurich"))
PRINTED = {"fr": "3 février 2026", "en": "3 February 2026"}


def now(page):
    return NewsArticle.objects.get(pk=page.pk)


@pytest.fixture
def texts():
    original = ArticleFactory(title="Titre", slug="le-pont", summary="Résumé.", body=desk.body("Un."))
    original.save_revision().publish()
    counterpart = NewsArticle(title="Title", summary="Summary.", body=desk.body("One."))
    _state, translation = desk.translated(now(original), counterpart)
    return {"fr": now(original), "en": now(translation)}


def correct(client, page, **data):
    fields = {f"text_{code}": text for code, text in TEXTS.items()}
    return client.post(reverse("newsroom_correct", args=[page.pk]), {"date": str(DAY)} | fields | data)


def get_text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return (
        re.sub("</?time[^>]*>", "", answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    )


def test_the_form_says_which_article_is_corrected(sign_in, texts):
    screen = BeautifulSoup(
        get_text(sign_in("officer"), reverse("newsroom_correct", args=[texts["en"].pk])), "html.parser"
    )
    (link,) = screen.select(".form-screen p a")
    assert link.get_text(strip=True) == texts["fr"].title
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=[texts["fr"].pk])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("given", [True, False], ids=["in both languages", "in one"])
def test_it_is_on_the_page_in_lists_feeds_structured_data_text_and_archive_at_once(
    sign_in, visitor, texts, language, given
):
    correct(sign_in("officer"), texts["fr"], **({} if given else {"text_en": ""}))
    expected = TEXTS[language] if given or language == "fr" else NOTICE
    page = now(texts[language])

    shown = get_text(visitor, page.url)
    assert expected in shown
    assert PRINTED[language] in shown
    data = json.loads(shown.split('application/ld+json">')[1].split("</script>")[0])
    graph = data.get("@graph", data)
    (article,) = [one for one in graph if one["@type"] == "NewsArticle"]
    found = article["correction"] if isinstance(article["correction"], list) else [article["correction"]]
    assert [(one["text"], one["datePublished"]) for one in found] == [(expected, str(DAY))]
    if expected == NOTICE:
        assert f'href="{texts["fr"].url}">Read the original' in shown
    listed = get_text(visitor, NEWS[language])
    mark = {"fr": "Rectifié le", "en": "Corrected on"}[language]
    assert f"{mark} {PRINTED[language]}" in " ".join(listed.split())
    for name in FORMATS:
        assert expected in get_text(visitor, f"{NEWS[language]}{name}/"), name
    with override(language):
        assert expected in get_text(visitor, page.text_url)
    builder.rebuild(str(page.pk))
    with override(language):
        assert expected in builder.contents.collect(now(page)).text


def test_a_feed_reader_that_has_the_article_gets_it_again(sign_in, visitor, texts):
    address = f"{NEWS['en']}json/"
    before = visitor.get(address)
    correct(sign_in("officer"), texts["fr"], date=str(timezone.localdate()))
    after = visitor.get(address, headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    (item,) = [one for one in after.json()["items"] if one["url"].endswith(texts["en"].url)]
    changed = now(texts["en"]).last_published_at
    assert datetime.datetime.fromisoformat(item["date_modified"]) == dates.clamp_to_day(timezone.localdate(), changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_on_the_day_of_publication_is_a_change_everywhere(sign_in, visitor, texts, language):
    told = visitor.get(f"{NEWS[language]}json/").json()["items"]
    before = {item["url"]: item["date_modified"] for item in told}
    correct(sign_in("officer"), texts["fr"], date=str(timezone.localdate()))
    page = now(texts[language])
    changed = dates.clamp_to_day(timezone.localdate(), page.last_published_at)

    assert changed > page.date
    (item,) = [one for one in visitor.get(f"{NEWS[language]}json/").json()["items"] if one["url"] == page.full_url]
    assert item["date_modified"] > before[page.full_url]
    assert datetime.datetime.fromisoformat(item["date_modified"]) == changed
    shown = get_text(visitor, page.url)
    for written in ('"article:modified_time" content="([^"]+)"', '"dateModified":"([^"]+)"'):
        moment = datetime.datetime.fromisoformat(re.search(written, shown).group(1))
        assert moment.replace(microsecond=0) == changed.replace(microsecond=0)
    feed = visitor.get(f"{CORRECTIONS[language]}json/").json()["items"]
    assert datetime.datetime.fromisoformat(feed[0]["date_published"]) == changed


@pytest.mark.parametrize(
    ("published", "changed"),
    [
        (None, datetime.time()),
        (MORNING - datetime.timedelta(days=1), datetime.time()),
        (MORNING, MORNING.time()),
        (MORNING + datetime.timedelta(hours=14, minutes=29, seconds=30), datetime.time(23, 59)),
        (MORNING + datetime.timedelta(days=1), datetime.time(23, 59)),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Zurich", "Pacific/Kiritimati"])
def test_a_correction_has_the_time_of_its_publication_within_its_day(zone, published, changed):
    expected = datetime.datetime.combine(DAY, changed, MORNING.tzinfo)
    before, at_night = (MORNING - datetime.timedelta(hours=hours) for hours in (200, 9))
    with timezone.override(zone):
        assert dates.clamp_to_day(DAY, published) == expected
        assert dates.modified_at(before, [None, DAY], published) == expected
        assert dates.modified_at(at_night, [DAY], published) == max(at_night, expected)
        assert dates.modified_at(before, [], published) == before


def test_with_both_texts_nothing_is_left_to_translate(sign_in, visitor, texts):
    correct(sign_in("officer"), texts["fr"])
    state = TranslationState.objects.get(page=texts["en"].pk)
    assert (state.step, state.words_left) == ("translated", 0)
    assert "The original has changed" not in get_text(visitor, texts["en"].url)


def test_without_a_text_the_translator_writes_it_and_it_replaces_the_notice(sign_in, visitor, texts):
    correct(sign_in("officer"), texts["fr"], text_en="")
    state = TranslationState.objects.get(page=texts["en"].pk)
    counterpart = NewsArticle(title="Title", summary="Summary.", body=desk.body("One."))
    counterpart.corrections = [
        Correction(date=DAY, text=TEXTS["en"], translation_key=now(texts["fr"]).corrections.get().translation_key)
    ]
    desk.prefill(state, now(texts["fr"]), counterpart)
    desk.publish(TranslationState.objects.get(pk=state.pk))
    shown = get_text(visitor, texts["en"].url)
    assert TEXTS["en"] in shown
    assert NOTICE not in shown
    assert now(texts["en"]).corrections.count() == 1


def test_the_text_of_a_translation_waits_for_its_translator_and_the_correction_does_not(sign_in, visitor, texts):
    draft = now(texts["fr"])
    draft.body = desk.body("Deux.")
    draft.save_revision()
    correct(sign_in("officer"), texts["fr"], with_changes="on")
    assert "Deux." in get_text(visitor, texts["fr"].url)
    shown = get_text(visitor, texts["en"].url)
    assert TEXTS["en"] in shown
    assert "One." in shown
    assert "The original has changed" in shown
    state = TranslationState.objects.get(page=texts["en"].pk)
    assert (state.step, state.words_left) == ("out-of-date", 1)


def test_a_draft_stays_a_draft_unless_it_is_published_with_the_correction(sign_in, visitor, texts):
    draft = now(texts["fr"])
    draft.body = desk.body("Deux.")
    draft.save_revision()
    correct(sign_in("officer"), texts["fr"])
    shown = get_text(visitor, texts["fr"].url)
    assert TEXTS["fr"] in shown
    assert "Deux." not in shown
    latest = now(texts["fr"]).get_latest_revision_as_object()
    assert "Deux." in str(latest.body)
    assert [row.text for row in latest.corrections.all()] == [TEXTS["fr"]]
    latest.save_revision().publish()
    assert now(texts["fr"]).corrections.count() == 1
    assert "Deux." in get_text(visitor, texts["fr"].url)


def test_rows_written_in_the_editor_reach_readers_of_the_translation_as_well(visitor, texts):
    original = now(texts["fr"])
    original.corrections = [Correction(date=DAY, text=TEXTS["fr"], locale=original.locale)]
    desk.republish(original)
    shown = get_text(visitor, texts["en"].url)
    assert NOTICE in shown
    assert PRINTED["en"] in shown
    assert Entry.objects.get(pk=texts["en"].pk).corrected_on == DAY
    original = now(texts["fr"])
    original.corrections = []
    desk.republish(original)
    assert NOTICE not in get_text(visitor, texts["en"].url)
    assert Entry.objects.get(pk=texts["en"].pk).corrected_on is None


def test_a_correction_waits_for_no_translation_even_if_all_languages_are_published_together(sign_in, visitor, texts):
    original = now(texts["fr"])
    original.published_together = True
    desk.republish(original, minor=True)
    correct(sign_in("officer"), texts["fr"], text_en="")
    assert TEXTS["fr"] in get_text(visitor, texts["fr"].url)
    assert NOTICE in get_text(visitor, texts["en"].url)


@pytest.mark.parametrize(("account", "may"), [("officer", True), ("editor", True), ("translator.en", False)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_publish_the_original_may_correct_it_from_either_language(sign_in, texts, account, may, language):
    client = sign_in(account)
    correct(client, texts[language])
    assert Correction.objects.filter(article=texts["fr"].pk).exists() == may
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[texts["fr"].pk]))
    assert (reverse("newsroom_correct", args=[texts["fr"].pk]) in editor.content.decode()) == may


def test_a_draft_is_not_corrected(sign_in):
    article = ArticleFactory(live=False)
    assert correct(sign_in("officer"), article).status_code == 302
    assert not Correction.objects.filter(article=article.pk).exists()


@pytest.mark.parametrize(("language", "text"), [("fr", "rectificatif pont 90 m"), ("en", "correction bridge 90 m")])
def test_an_article_is_found_by_its_correction_at_once(sign_in, texts, language, text):
    assert texts[language].url not in [result.url for result in engine.search(language, text)]
    correct(sign_in("officer"), texts["fr"])
    assert next(iter(engine.search(language, text))).url == texts[language].url
    assert list(differences()) == []


def test_a_correction_that_is_typed_plainly_has_the_typography_of_its_language(sign_in, visitor, texts):
    typed = {"text_fr": "Le pont n'a pas 900 m : il en a 90 !", "text_en": "It isn't 900 m : it's 90"}
    correct(sign_in("officer"), texts["fr"], **typed)
    assert "n’a pas 900 m\u00a0: il en a 90\u202f!" in visitor.get(texts["fr"].url).content.decode()
    assert now(texts["en"]).corrections.get().text == typed["text_en"]
