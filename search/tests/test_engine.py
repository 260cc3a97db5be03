"""Results, their order and the cost of a search, which are the same on every database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from iom.contacts.models import Office, PressContact
from iom.demo.content import stable_uuid
from iom.listing.writing import build_row
from iom.navigation.tests.pairs import at, restrict, translate
from iom.tests.factories import ArticleFactory
from newsroom.models import ArticleCountry, ArticleTopic, NewsArticle, Topic
from search import engine, index
from search.analysis import facet_token, tokens
from search.models import Document, Word
from search.parsing import parse

pytestmark = pytest.mark.django_db


def found(text, language="fr", **chosen):
    return [result.url for result in engine.search(language, text, chosen)]


def article(title="Un titre", days=0, **fields):
    """Creates an indexed article that is `days` old."""
    return ArticleFactory(title=title, date=timezone.now() - timedelta(days=days), **fields)


def test_searches_that_used_to_fail_have_results():
    assert found("haitian", "en")[0] == "/en/where-we-work/haiti/"
    assert found("Colombie", "en")[0] == "/en/where-we-work/colombia/"
    assert set(found("migrant", "en")) == set(found("migrants", "en"))
    assert found("réfugié") == found("réfugiés") == found("refugie") != []
    assert found("oeuvre") == found("œuvre") != []
    assert found("communiqué")
    assert found("contact presse")
    assert found("Bangladesh floods", "en")
    assert found("ndjamena", "en")[:3] == found("N’Djamena", "en")[:3] != []
    assert "take-action" not in found("migration", "en")[0]


def test_a_page_of_the_site_is_found_by_its_title_of_stop_words():
    assert found("qui sommes-nous")[0] == at("/fr/qui-sommes-nous/").url
    assert found("where we work", "en")[0] == "/en/where-we-work/"


def test_the_title_counts_more_than_the_summary_and_that_more_than_the_text():
    text = article("Un", body=[("paragraph", "<p>Le caravansérail</p>")])
    summary = article("Deux", days=10, summary="Le caravansérail.")
    title = article("Trois caravansérails", days=400)
    assert found("caravansérail") == [title.url, summary.url, text.url]


def test_among_equals_the_latest_comes_first():
    old, new = article("Caravansérail", days=300), article("Caravansérail", days=3)
    assert found("caravansérail") == [new.url, old.url]


def test_the_exact_form_counts_more_than_what_is_only_related():
    treaty = article("Un traité de Nairobi", days=1)
    trafficking = article("Une traite de Nairobi", days=2)
    both = {treaty.url, trafficking.url}
    assert [url for url in found("traité Nairobi") if url in both] == [treaty.url, trafficking.url]
    shown = found("traite Nairobi")
    assert shown[0] == trafficking.url
    assert treaty.url in shown


def test_all_words_come_before_some_words():
    some = article("Le caravansérail bleu", days=1)
    every = article("Rien", summary="Un caravansérail azuré, lointain, doré et crépusculaire.", days=900)
    also = article("Le caravansérail crépusculaire et doré", days=2)
    shown = found("caravansérail azuré crépusculaire lointain doré")
    assert shown[0] == every.url
    assert also.url in shown
    assert some.url not in shown, "a fifth of what is searched for"


def test_words_in_quotation_marks_follow_each_other():
    apart = article("Bleu est le caravansérail")
    together = article("Le caravansérail bleu")
    assert found("« caravansérail bleu »") == [together.url]
    assert found("caravansérail bleu")[:2] == [together.url, apart.url]


def test_an_unfinished_word_finds_words_with_that_prefix():
    wanted = article("Caravansérails")
    assert found("caravans") == [wanted.url]


def test_news_are_found_by_the_names_of_their_country_topic_and_office():
    about = article()
    ArticleCountry.objects.create(article=about, country="MN")
    topic = Topic.objects.exclude(local_name=None).first()
    ArticleTopic.objects.create(article=about, topic=topic)
    about.save_revision().publish()
    assert about.url in found("Mongolie")
    assert about.url in found(topic.names.get(language="fr").name)


def test_only_pages_with_the_chosen_values_are_found():
    here, there = article("Caravansérail"), article("Caravansérail")
    ArticleCountry.objects.create(article=here, country="MN")
    here.save_revision().publish()
    assert found("caravansérail", country=["MN"]) == [here.url]
    assert found("caravansérail", section=["news"]) == found("caravansérail") != []
    assert there.url in found("caravansérail")


@pytest.mark.parametrize("state", ["draft", "expired", "private", "private translation", "unpublished", "deleted"])
def test_pages_that_visitors_may_not_see_are_not_found(state):
    hidden = article("Caravansérail", live=state != "draft")
    if state == "expired":
        NewsArticle.objects.filter(pk=hidden.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    elif state == "private":
        restrict(hidden)
    elif state == "private translation":
        restrict(translate(hidden))
    elif state == "unpublished":
        hidden.unpublish()
    elif state == "deleted":
        hidden.delete()
    assert found("caravansérail") == []
    assert engine.count_matches("fr", "caravansérail") == 0
    assert not engine.matching_pages("fr", "caravansérail")


def test_a_document_left_behind_shows_nothing():
    hidden = article("Caravansérail")
    (document,) = Document.objects.filter(page=hidden)
    hidden.unpublish()
    document.save(force_insert=True)
    assert found("caravansérail") == []


def test_a_published_change_replaces_the_former_words_at_once():
    changed = article("Caravansérail")
    changed.title = "Palmeraie"
    changed.save_revision().publish()
    assert found("palmeraie") == [changed.url]
    assert found("caravansérail") == []


def test_the_head_of_an_office_and_its_press_contacts_are_found_until_they_leave():
    office = Office.objects.filter(country="CO").first()
    office.head_name, office.head_gender = "Zenaida Quispe", "f"
    office.save()
    contact = PressContact.objects.create(name="Ulrich Tannhuber", office=office, email="u@example.org")
    country = "/fr/ou-travaillons-nous/colombie/"
    assert found("Zenaida Quispe") == [country]
    assert found("Tannhuber") == [country]

    contact.in_post_until = timezone.localdate() - timedelta(days=1)
    contact.save()
    office.head_name = ""
    office.save()

    assert found("Tannhuber") == found("Quispe") == []
    assert found("Colombie")[0] == country


def test_on_the_day_after_the_last_a_contact_is_not_found(monkeypatch):
    office = Office.objects.filter(country="CO").first()
    today = timezone.localdate()
    PressContact.objects.create(name="Ulrich Tannhuber", office=office, email="u@example.org", in_post_until=today)
    assert found("Tannhuber")
    monkeypatch.setattr(timezone, "localdate", lambda *_args: today + timedelta(days=1))
    assert found("Tannhuber") == []


def test_a_country_with_neither_office_nor_news_has_no_page():
    assert not Office.objects.filter(country="BT").exists()
    assert found("Bhoutan") == []
    assert found("Bhutan", "en") == []


def test_an_everyday_word_finds_the_official_term_but_not_the_reverse():
    ours = article("Travailleuse domestique au caravansérail")
    other = article("De bonnes relations au caravansérail")
    assert found("bonne caravansérail")[:2] == [other.url, ours.url]
    assert found("travailleuse domestique caravansérail")[0] == ours.url


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        *(
            ("fr", one, f"{one}s")
            for one in ["récit", "visa", "photo", "abri", "emploi", "loi", "contenu", "ami", "vidéo", "appui", "délai"]
        ),
        ("fr", "eau", "eaux"),
        ("fr", "lieu", "lieux"),
        ("fr", "heureux", "heureuses"),
        ("fr", "anglais", "anglaises"),
        ("fr", "inclus", "incluses"),
        ("en", "law", "laws"),
        ("en", "photo", "photos"),
    ],
)
def test_the_plural_is_the_same_word(language, one, other):
    assert tokens(one, language) == tokens(other, language)


def test_a_short_word_is_not_cut_to_another_word():
    assert tokens("visa", "fr") != tokens("viser", "fr")


def test_no_phrase_begins_in_the_summary_and_ends_in_a_heading():
    body = [("heading", "bleu")]
    crossed = article("Titre", summary="Un caravansérail", body=body)
    assert engine.search("fr", '"caravansérail bleu"').corrected == "caravansérail bleu"
    assert found("caravansérail bleu")[:1] == [crossed.url]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [("en", "Laos", "LA"), ("en", "Burma", "MM"), ("fr", "moldave", "MD"), ("fr", "Birmanie", "MM")],
)
def test_a_country_is_found_by_its_common_name(language, text, code):
    (term,) = parse(text, language).terms
    assert (facet_token("country", code, language),) in [variant.tokens for variant in term.variants]


def test_the_page_of_a_named_country_is_found_without_the_other_words():
    assert "/en/where-we-work/haiti/" in found("vocational training haiti", "en")


def test_a_word_of_all_pages_finds_those_near_the_home_page_first():
    assert found("IOM", "en")[:2] == ["/en/", "/en/who-we-are/"]


def test_the_index_agrees_with_the_pages_and_can_be_rebuilt():
    assert list(index.differences()) == []
    before = set(Document.objects.values_list("pk", "title_tokens"))
    Document.objects.all().delete()
    assert list(index.differences())
    index.rebuild()
    assert list(index.differences()) == []
    assert set(Document.objects.values_list("pk", "title_tokens")) == before


def test_the_order_of_the_demonstration_is_the_same_on_every_database():
    """The latest has the highest key; nothing depends on the database's own ranking."""
    keys = list(Document.objects.order_by("date", "page", "country").values_list("pk", "date__date"))
    assert [day for _key, day in sorted(keys)] == [day for _key, day in keys]
    assert found("migration", "en")[:1] == ["/en/"]


def statements(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return captured.captured_queries


@pytest.mark.parametrize(
    ("text", "most"),
    {"caravansérail": 7, "migration": 4, "de la": 6, '"retour des migrants"': 5, "mot " * 100: 4, "xyzzy": 4}.items(),
)
def test_a_search_costs_a_fixed_number_of_queries(visiting, text, most):
    """This holds for unknown words as well, each of which may be completed. A single word is looked up once."""
    with visiting():
        # What is kept of content is read once: for words that say something, and for those that say nothing.
        for language, known in (("fr", "eau"), ("fr", "le la"), ("fr", "qwxz"), ("en", "water")):
            list(engine.search(language, known)[:10])
        assert len(statements(lambda: list(engine.search("fr", text)[:10]))) <= most


def test_many_unknown_words_cost_as_many_queries_as_two(visiting):
    two, many = (" ".join(f"qwx{number}z" for number in range(count)) for count in (2, 100))
    with visiting():
        for text in ("eau", two):  # what a process reads once
            engine.search("fr", text)
        few, all_of_them = (len(statements(lambda text=text: engine.search("fr", text))) for text in (two, many))
        assert all_of_them <= few


def test_publishing_writes_the_document_in_few_statements():
    written = article("Caravansérail")
    written.written_child_rows = {"contacts": [], "corrections": []}  # as after it has been published
    rows = {written.pk: build_row(written)}
    sql = [one["sql"] for one in statements(lambda: index.write([written], rows=rows))]
    assert len([one for one in sql if "SAVEPOINT" not in one]) <= 3, sql


def test_words_are_kept_once():
    article("Caravansérail")
    article("Caravansérail")
    assert Word.objects.filter(language="fr", form="caravansérail").count() == 1


def test_the_private_article_is_found_by_no_word_of_its_title():
    for key in ("border-posts-review", "call-for-local-projects"):
        hidden = NewsArticle.objects.get(translation_key=stable_uuid(key), locale__language_code="fr")
        with translation.override("fr"):
            assert hidden.url not in found(hidden.title)
