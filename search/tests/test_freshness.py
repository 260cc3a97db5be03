"""The index follows changes of files, offices, contacts and topics; the vocabulary follows pages."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iom.contacts.models import Office
from iom.media.models import SiteDocument
from iom.publishing import jobs
from iom.publishing.models import Job
from iom.tests.addresses import page
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, TopicFactory
from newsroom.models import ArticleTopic
from search import engine, index, vocabulary
from search.models import Document, Word

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    """Returns a document whose title an article shows."""
    file = SiteDocument.objects.order_by("pk").first()
    file.title = "Le caravansérail"
    file.save()
    items = [{"document": file, "label": ""}]
    ArticleFactory(language="fr", body=[("documents", {"title": "", "items": items})])
    assert found("caravansérail")
    return file


def found(text, language="fr"):
    return [result.url for result in engine.search(language, text)]


def test_a_file_is_found_by_its_new_title(document):
    document.title = "Le zirconium"
    document.save()
    assert found("zirconium")
    assert not found("caravansérail")


@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_file_that_is_deleted_is_not_named_any_more(document, in_bulk):
    SiteDocument.objects.filter(pk=document.pk).delete() if in_bulk else document.delete()
    assert not found("caravansérail")
    call_command("search", check=True)


def texts_written(captured):
    return [one["sql"] for one in captured if "search_document" in one["sql"] and not one["sql"].startswith("SELECT")]


def test_a_topic_that_many_have_is_deleted_at_once_and_search_forgets_it_afterwards():
    topic = TopicFactory(fr="Le zirconium")
    for _number in range(3):
        text = ArticleFactory(language="fr")
        text.topics = [ArticleTopic(topic=topic)]
        text.save_revision().publish()
    assert len(found("zirconium")) == 3

    with CaptureQueriesContext(connection) as captured:
        topic.delete()
    assert texts_written(captured) == []
    assert not found("zirconium")
    jobs.run(kinds=["search.topic"])
    call_command("search", check=True)


def test_where_a_newsroom_gets_another_address_no_text_of_it_is_written_again():
    newsroom, text = page("index", "fr"), ArticleFactory(language="fr", title="Le zirconium")
    newsroom.slug = "nouvelles"
    with CaptureQueriesContext(connection) as captured:
        newsroom.save_revision().publish()
    assert [sql for sql in texts_written(captured) if str(text.pk) in sql] == []
    assert found("zirconium") == [f"/fr/nouvelles/{text.slug}/"]
    call_command("search", check=True)


def countries_of(name):
    """Returns the countries whose pages a name finds, in each language."""
    return {hit.country for language in ("fr", "en") for hit in engine.search(language, name).hits if hit.country}


def test_a_contact_who_moves_to_another_office_is_found_only_there():
    here, there = OfficeFactory(country="CG"), OfficeFactory(country="CD")
    contact = PressContactFactory(name="Quetzal Pteranodon", office=here)
    assert countries_of("Pteranodon") == {"CG"}

    contact.office = there
    contact.save()
    assert countries_of("Pteranodon") == {"CD"}


def test_of_two_leaving_contacts_only_the_one_still_in_post_is_found_the_next_day(monkeypatch):
    office, today = OfficeFactory(country="CG"), timezone.localdate()
    PressContactFactory(name="Quetzal Pteranodon", office=office, in_post_until=today)
    PressContactFactory(name="Ulrich Tannhuber", office=office, in_post_until=today + timedelta(days=9))
    assert countries_of("Pteranodon") == countries_of("Tannhuber") == {"CG"}

    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_given: today + timedelta(days=1))
    assert countries_of("Pteranodon") == set()
    jobs.enqueue_missing(["search.country"])
    jobs.run(kinds=["search.country"])
    assert (countries_of("Pteranodon"), countries_of("Tannhuber")) == (set(), {"CG"})


def test_an_office_that_moves_to_another_country_is_found_only_there():
    office = OfficeFactory(country="CG", head_name="Quetzal Pteranodon")
    OfficeFactory(country="CG")
    office = Office.objects.get(pk=office.pk)
    office.country = "CD"
    office.save()
    assert countries_of("Pteranodon") == {"CD"}


def test_an_office_is_not_found_by_the_name_that_it_had():
    office = OfficeFactory(country="CG", fr="Bureau du ptéranodon")
    assert countries_of("ptéranodon") == {"CG"}

    name = office.names.get(language="fr")
    name.name = "Bureau"
    name.save()
    assert countries_of("ptéranodon") == set()


def test_the_head_of_a_deleted_office_is_not_found():
    office = OfficeFactory(country="CG", head_name="Quetzal Pteranodon")
    OfficeFactory(country="CG")
    assert countries_of("Pteranodon") == {"CG"}

    Office.objects.get(pk=office.pk).delete()
    assert countries_of("Pteranodon") == set()
    call_command("search", check=True)


def test_a_misspelt_word_that_was_published_once_is_corrected_as_before():
    text = ArticleFactory(language="en", title="The trafiking")
    text.title = "The trafficking"
    text.save_revision().publish()
    assert engine.search("en", "trafiking").corrected == "trafficking"


def test_no_correction_shows_a_word_of_a_text_that_is_no_longer_public():
    hidden = ArticleFactory(language="en", title="Kazbeguistan")
    hidden.unpublish()
    assert Word.objects.filter(form="kazbeguistan").exists()
    for text in ("kasbeguistan", "trafiking kasbeguistan"):
        assert "kazbeguistan" not in engine.search("en", text).corrected


def test_words_that_no_page_has_any_more_are_removed_each_day():
    vocabulary.remove_unused_words()
    gone = ArticleFactory(language="en", title="Kazbeguistan", summary="The caravanserais of Kazbeguistan.")
    ArticleFactory(language="en", title="Caravanserai", summary="The caravanserais.")
    gone.unpublish()
    before = set(Word.objects.values_list("language", "form"))

    jobs.enqueue_missing(["search.words"])
    jobs.run(kinds=["search.words"])
    assert before - set(Word.objects.values_list("language", "form")) == {("en", "kazbeguistan")}
    assert Job.objects.get(kind="search.words").at > timezone.now() + timedelta(hours=23)


def test_a_rebuild_keeps_the_words_of_what_is_published_meanwhile(monkeypatch):
    """The page is published after the rebuild has read the pages."""
    write = index.write

    def write_and_publish(*args, **kwargs):
        monkeypatch.setattr(index, "write", write)
        write(*args, **kwargs)
        ArticleFactory(language="en", title="Kazbeguistan")

    monkeypatch.setattr(index, "write", write_and_publish)
    index.rebuild()
    assert Document.objects.filter(title="Kazbeguistan").exists()
    assert Word.objects.filter(language="en", form="kazbeguistan").exists()
