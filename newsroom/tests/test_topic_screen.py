"""Topics in the admin: a row for their name and address in each language of the site."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from iom.listing.writing import refresh
from iom.tests.factories import ArticleFactory, TopicFactory
from iom.tests.html_forms import forms
from iom.tests.record_names import name_of
from newsroom.models import ArticleTopic, Topic

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("topics:index"), reverse("topics:add")


def edit(topic):
    return reverse("topics:edit", args=[topic.pk])


def save(client, address, field="name", **values):
    """Sends the form with `values` in the rows of the languages. Returns the answer."""
    (form,) = [form for form in forms(client.get(address).content, address) if "names-0-language" in form.values]
    for number in range(int(form.values["names-TOTAL_FORMS"][0])):
        (language,) = form.values[f"names-{number}-language"]
        if language in values:
            form.values[f"names-{number}-{field}"] = values.pop(language)
    assert not values
    return client.post(form.action, form.values)


def stored(topic, field="name"):
    return {row.language: getattr(row, field) for row in topic.names.all()}


@pytest.mark.parametrize("account", ["editor", "admin"])
def test_a_topic_is_added_by_its_names_and_found_in_the_list(sign_in, account):
    client = sign_in(account)

    save(client, ADD, fr="L’œuvre de l’eau", en="Water works")

    topic = Topic.objects.get(names__name="Water works")
    assert stored(topic, "slug") == {"fr": "l-oeuvre-de-l-eau", "en": "water-works"}
    for query in ({}, {"q": "wat"}, {"q": "l’œuvre"}):
        found = client.get(LIST, query).content.decode()
        assert "L’œuvre de l’eau · Water works" in found
        assert edit(topic) in found


@pytest.mark.parametrize(("interface", "labels"), [("fr", ["Français", "Anglais"]), ("en", ["French", "English"])])
def test_each_language_has_a_row_with_its_name_in_the_language_of_the_interface(sign_in, interface, labels):
    client = sign_in("editor")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = interface

    for address in (ADD, edit(TopicFactory(fr="")), edit(TopicFactory())):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        rows = [row.find_parent("section") for row in page.select("input[name$='-language']")]
        assert [row.select_one("[data-panel-heading-text]").text.strip() for row in rows] == labels


def test_the_list_asks_the_database_the_same_for_many_topics(sign_in, django_assert_max_num_queries):
    client = sign_in("editor")
    client.get(LIST)
    with django_assert_max_num_queries(100) as few:
        client.get(LIST)
    for number in range(5):
        TopicFactory(fr=f"AA {number}", en=f"AA {number}")
    with django_assert_max_num_queries(len(few)):
        assert "AA 4 · AA 4" in client.get(LIST).content.decode()


@pytest.mark.parametrize("account", ["officer", "translator.fr", "translator.en"])
def test_those_who_write_the_texts_of_topics_change_no_names_and_add_none(sign_in, account):
    topic = TopicFactory(fr="Eau", en="Water")
    client = sign_in(account)

    assert "Eau" in client.get(LIST).content.decode()
    assert client.get(ADD).status_code == 302
    (form,) = (one for one in forms(client.get(edit(topic)).content) if one.inputs(name="names-0-alt"))
    text = {"names-0-alt": "Un puits", "names-1-alt": "A well"}
    answer = client.post(edit(topic), form.values | text | {"names-0-name": "Feu", "names-1-name": "Fire"})
    assert answer.status_code == 302, answer.context["form"].errors
    theirs = {"officer": {"fr", "en"}}.get(account, {account[-2:]})
    assert {row.language for row in topic.names.model.objects.filter(topic=topic, alt__gt="")} == theirs
    assert Topic.objects.get(pk=topic.pk).all_names == "Eau · Water"


def test_a_renamed_topic_keeps_its_addresses(sign_in, visitor):
    topic = TopicFactory(fr="Eau", en="Water")
    article = ArticleFactory()
    ArticleTopic.objects.create(article=article, topic=topic)
    refresh([article.pk])
    client = sign_in("editor")

    save(client, edit(topic), fr="Eaux", en="Waters")
    save(client, edit(topic), "slug", fr="eaux", en="waters")

    assert stored(topic) == {"fr": "Eaux", "en": "Waters"}
    assert stored(topic, "slug") == {"fr": "eau", "en": "water"}
    page = visitor.get("/fr/actualites/", {"topic": "eau"})
    assert page.context["filters"].facets == {"topic": ["eau"]}


def test_a_renamed_topic_is_found_and_told_by_its_new_name(sign_in):
    topic, client = TopicFactory(fr="Eau", en="Water"), sign_in("editor")

    answer = save(client, edit(topic), fr="Fleuves", en="Rivers")

    assert "Fleuves" in client.get(answer.url).content.decode()
    assert edit(topic) in client.get(LIST, {"q": "rivers"}).content.decode()
    assert edit(topic) not in client.get(LIST, {"q": "water"}).content.decode()


def test_a_language_is_added_to_a_topic_later_and_taken_away(sign_in):
    topic = TopicFactory(fr="Eau", en="")
    client = sign_in("editor")

    save(client, edit(topic), en="Water")
    assert stored(topic, "slug") == {"fr": "eau", "en": "water"}

    save(client, edit(topic), en="")
    assert stored(topic) == {"fr": "Eau"}


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("fr", "Un autre thème a déjà cette adresse. Choisissez-en une autre."),
        ("en", "Another topic has this address. Choose another address."),
    ],
)
def test_an_address_that_another_topic_has_is_refused_in_words(sign_in, language, message):
    TopicFactory(fr="Eau")
    client = sign_in("editor")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    answer = save(client, ADD, fr="Eau").content.decode()

    assert message in answer
    assert "topic_address_once" not in answer
    assert 'value="Eau"' in answer
    assert Topic.objects.filter(names__slug="eau").count() == 1


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"field": "name", "en": "!!!"}, "Indiquez à la fois un nom et une adresse."),
        ({"field": "slug", "en": "water"}, "Indiquez un nom dans au moins une langue."),
        ({"field": "name", "en": "x" * 81}, "au plus 80 caractères"),
        ({}, "Indiquez un nom dans au moins une langue."),
    ],
)
def test_what_is_wrong_with_a_name_is_said(sign_in, sent, message):
    before = Topic.objects.count()
    answer = save(sign_in("editor"), ADD, **sent)

    assert message in answer.content.decode()
    assert Topic.objects.count() == before


def test_the_last_name_of_a_topic_is_not_taken_away(sign_in):
    topic = TopicFactory(fr="Eau", en="")

    assert "Indiquez un nom" in save(sign_in("editor"), edit(topic), fr="").content.decode()
    assert name_of(topic, "fr") == "Eau"


def test_a_topic_is_deleted_with_a_question_first(sign_in):
    topic = TopicFactory(fr="Eau")
    client, address = sign_in("editor"), reverse("topics:delete", args=[topic.pk])

    assert "Eau" in client.get(address).content.decode()
    client.post(address)

    assert not Topic.objects.filter(pk=topic.pk).exists()
