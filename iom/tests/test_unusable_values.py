"""Unusable input: control characters are removed, impossible values are refused with a message, and nothing fails."""

import datetime

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from iom.characters import CONTROL_CHARACTERS, remove_control_characters
from iom.core.forms import UNREADABLE
from iom.tests import record_names
from iom.tests.factories import ArticleFactory, OfficeFactory, SiteImageFactory, TopicFactory
from iom.tests.page_forms import fill_form
from iom.tests.test_every_form import PUBLISH, TYPES, add_url, assert_accepted, edit_url, find_parent, model_name
from iom.translation.content import markup, segments
from iom.translation.exchange import document, importing, po
from iom.translation.tests import desk
from iom.translation.workflow import questions
from iom.users.models import User
from iom.values import CheckedValues
from newsroom.models import NewsArticle

BAD = "\x0b\x0c\x1f\ufffe"
# Models whose texts are generated, and that no person edits
GENERATED = {
    "DeletedPage",
    "Figures",
    "Job",
    "LinkAddress",
    "PressArchive",
    "ImportedText",
    "MemoryEntry",
    "MemoryGram",
    "Intended",
    "Message",
    "MessagePreference",
    "Original",
    "TranslationState",
    "TranslationVersion",
    "Document",
    "Draft",
    "Entry",
    "EntryFacet",
    "FacetBitmap",
    "Word",
}


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_forbids_are_removed(character):
    assert remove_control_characters(f"a{character}b") == "ab"


@pytest.mark.parametrize("character", ["\t", "\n", "\r", " ", "é", "\u202f", "ع", "\U0001f600", "\x7f"])
def test_characters_that_xml_allows_are_kept(character):
    assert remove_control_characters(f"a{character}b") == f"a{character}b"


def test_every_record_that_people_write_is_checked():
    for model in apps.get_models():
        ours = model.__module__.split(".")[0] in ("iom", "home", "aboutus", "newsroom", "search")
        texts = [
            field
            for field in model._meta.local_fields
            if isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices
        ]
        if ours and texts and model.__name__ not in GENERATED and not issubclass(model, CheckedValues):
            assert all(
                "country" in field.name or field.name in ("file_hash", "filter_spec", "focal_point_key")
                for field in texts
            ), model


def with_control_characters(data):
    """Returns the form data with control characters in all texts; in rich text, which is JSON, as an escape."""

    def with_bad_characters(text):
        if text.startswith("{"):
            return text.replace(" in fr", r" in\u000b fr")
        return f"{BAD}{text}{BAD}" if "Words" in text or " in fr" in text else text

    return {name: with_bad_characters(text) if isinstance(text, str) else text for name, text in data.items()}


def strings(value):
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_a_page_form_stores_no_control_characters(sign_in, model):
    client, parent = sign_in("officer"), find_parent(model, "fr")
    data = with_control_characters(fill_form(client.get(add_url(model, parent)).context["form"], "fr"))

    assert_accepted(client.post(add_url(model, parent), data | PUBLISH))

    page = model.objects.get(title="Words title", locale=parent.locale)
    kept = [*strings(page.serializable_data()), *strings(page.latest_revision.content)]
    assert any("Words" in text for text in kept)
    assert not [text for text in kept if CONTROL_CHARACTERS.search(text) or r"\u000b" in text]


def test_a_draft_stores_no_control_characters(sign_in):
    article, client = ArticleFactory(), sign_in("officer")
    data = with_control_characters(fill_form(client.get(edit_url(article)).context["form"], "fr", slug=article.slug))
    assert_accepted(client.post(edit_url(article), data))
    draft = NewsArticle.objects.get(pk=article.pk).get_latest_revision()
    assert draft.content["title"] == "Words title"


def test_no_way_of_saving_a_page_stores_one(db):
    article = ArticleFactory(
        title=f"A{BAD}", summary=f"B{BAD}", body=[("paragraph", f"<p>C{BAD}</p>"), ("heading", f"D{BAD}")]
    )
    article.refresh_from_db()
    assert (article.title, article.summary) == ("A", "B")
    assert not CONTROL_CHARACTERS.search(str(article.body.get_prep_value()))

    article.title = f"E{BAD}"
    assert article.save_revision(clean=False).content["title"] == "E"
    article.summary = f"F{BAD}"
    article.full_clean()
    assert article.summary == "F"


def test_records_store_no_control_characters(db):
    office, topic = OfficeFactory(fr=f"A{BAD}").names.first(), TopicFactory(en=f"B{BAD}").names.last()
    picture = SiteImageFactory(title=f"C{BAD}", credit=f"D{BAD}")
    for record, name in ((office, "name"), (topic, "name"), (picture, "title"), (picture, "credit")):
        record.refresh_from_db()
        assert len(getattr(record, name)) == 1


def test_snippet_and_user_forms_store_no_control_characters(sign_in):
    office, client = OfficeFactory(), sign_in("admin")
    data = {"kind": "country", "timezone": "Africa/Cairo"} | record_names.form_data(office, fr=f"Nom{BAD}")
    data |= {"staff-TOTAL_FORMS": 0, "staff-INITIAL_FORMS": 0}
    client.post(reverse("wagtailsnippets_contacts_office:edit", args=[office.pk]), data)
    assert record_names.name_of(office, "fr") == "Nom"

    data = {
        "email": "new@example.org",
        "first_name": f"A{BAD}",
        "last_name": "B",
    }
    client.post(reverse("wagtailusers_users:add"), data)
    assert User.objects.get(email="new@example.org").first_name == "A"


@pytest.fixture
def state(db):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."))
    return desk.translated(original, NewsArticle(title="Title", summary="Summary.", body=desk.body("One.")))[0]


def title_of(state):
    return next(segment for segment in segments.load_text(state.translation) if segment.path == "title")


@pytest.mark.parametrize("way", ["editor", "po"])
def test_a_translation_stores_no_control_characters(sign_in, state, way):
    client, title = sign_in("translator.en"), title_of(state)
    seen = markup.text_fingerprint(title.written)
    if way == "editor":
        client.post(reverse("translation_segment", args=[state.pk, title.pk]), {"text": f"Another{BAD}", "seen": seen})
    else:
        content = po.write(document.build_document(state)).replace(b'msgstr "Title"', b'msgstr "Another\x01"')
        importing.import_translation(state, po.read(content)[0], None)
    assert "Another" in title_of(state).target
    assert not CONTROL_CHARACTERS.search(title_of(state).target)


def test_a_question_stores_no_control_characters():
    assert questions.clean_text(f"Why{BAD}?", "") == "Why?"


# Numbers, dates, lengths


def fields_of(form, data, kind):
    """Returns the names of the form's fields for values of that kind."""
    wanted = {
        "number": ("number", "sort_order", "goals", "ORDER"),
        "date": ("date", "since", "until", "updated_at", "go_live_at", "expire_at"),
    }
    return [name for name in data if any(name.endswith(word) for word in wanted[kind])]


NUMBERS = ["1e400", "NaN", "Infinity", "-Infinity", "1e99", "9" * 60, "0." + "1" * 60, "x"]
DATES = ["0001-01-01", "9999-12-31", "0000-00-00", "0001-01-01 00:00", "9999-12-31 23:59", "1899-12-31", "x"]


@pytest.mark.parametrize("model", TYPES, ids=model_name)
@pytest.mark.parametrize("kind", ["number", "date"])
def test_an_impossible_value_is_refused_and_the_rest_is_kept(sign_in, model, kind):
    client, parent = sign_in("officer"), find_parent(model, "fr")
    form = client.get(add_url(model, parent)).context["form"]
    data = fill_form(form, "fr") | ({"go_live_at": "", "expire_at": ""} if kind == "date" else {})
    for value in NUMBERS if kind == "number" else DATES:
        bad = {name: value for name in fields_of(form, data, kind) if not name.endswith("-order")}
        if not bad:
            continue
        answer = client.post(add_url(model, parent), data | bad | PUBLISH)
        assert answer.status_code == 200, (value, bad)
        assert "Words title" in answer.content.decode()
        assert value in answer.content.decode()
        assert not model.objects.filter(title="Words title").exists()


@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_a_text_of_any_length_is_stored_or_refused(sign_in, model):
    client, parent = sign_in("officer"), find_parent(model, "fr")
    data = fill_form(client.get(add_url(model, parent)).context["form"], "fr")
    for length in (256, 5000):
        long = {name: "œ" * length for name, text in data.items() if isinstance(text, str) and "Words" in text}
        assert client.post(add_url(model, parent), data | long | PUBLISH).status_code in (200, 302)


def test_the_slug_of_a_long_title_has_at_most_255_characters(db):
    assert len(ArticleFactory(title="œ" * 255, slug="").slug) <= 255
    assert ArticleFactory(title="œ" * 255, slug="").slug.endswith("-2")


def test_a_figure_that_nobody_can_print_does_not_take_the_page_down(visitor):
    for number in ("1E+400", "NaN", "Infinity"):
        empty = dict.fromkeys(("unit", "source", "source_url"), "")
        figure = {"number": number, "label": "Label", "date": None, "is_year": False, **empty}
        value = {"title": "", "figures": [{"type": "item", "value": figure, "id": "1"}]}
        article = ArticleFactory(body=[{"type": "key_figures", "value": value, "id": "2"}])
        assert visitor.get(article.url).status_code == 200, number


# Invalid stream data, which no form of the site sends
BROKEN = {
    "count": {"body-count": "x"},
    "a count that is too high": {"body-count": "999"},
    "an unknown block": {"body-1-type": "carousel"},
    "a place": {"body-0-order": "first"},
    "rich text": {"body-0-value": '{"a":'},
    "rich text of another kind": {"body-0-value": "[]"},
    "a list": {"body-3-value-contacts-count": "x"},
    "a record": {"body-3-value-contacts-0-value": "x"},
    "a table": {"body-11-value-column-0-type": "number"},
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_refused_in_words(sign_in, what):
    article, client = ArticleFactory(title="Before"), sign_in("officer")
    client.raise_request_exception = False
    data = fill_form(client.get(edit_url(article)).context["form"], "fr", slug=article.slug)
    assert set(BROKEN[what]) <= set(data)

    answer = client.post(edit_url(article), data | BROKEN[what] | PUBLISH)

    assert answer.status_code == 400
    assert str(UNREADABLE) in answer.content.decode()
    assert NewsArticle.objects.get(pk=article.pk).title == "Before"


def test_an_impossible_record_key_is_refused_with_a_message(sign_in):
    """SQLite raises an error for the key; PostgreSQL finds no record, and the form is shown again with its input."""
    article, client = ArticleFactory(title="Before"), sign_in("officer")
    data = fill_form(client.get(edit_url(article)).context["form"], "fr", slug=article.slug)

    answer = client.post(edit_url(article), data | {"related_articles-0-related": "9" * 20} | PUBLISH)

    if connection.vendor == "sqlite":
        assert answer.status_code == 400
        assert str(UNREADABLE) in answer.content.decode()
    else:
        assert answer.status_code == 200
        assert "related" in answer.context["form"].formsets["related_articles"].errors[0]
        assert answer.context["form"]["title"].value() == "Words title"
    assert NewsArticle.objects.get(pk=article.pk).title == "Before"


def test_a_block_without_an_id_is_accepted(sign_in):
    article, client = ArticleFactory(), sign_in("officer")
    data = fill_form(client.get(edit_url(article)).context["form"], "fr", slug=article.slug)
    without = {name: text for name, text in data.items() if not name.startswith("body-") or not name.endswith("-id")}
    assert_accepted(client.post(edit_url(article), without | PUBLISH))


def test_a_record_refuses_a_date_before_1900(db):
    article = ArticleFactory()
    article.date = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
    with pytest.raises(Exception, match="1900"):
        article.full_clean()
