"""Topics in the admin: their names and addresses in both languages."""

import pytest
from django.urls import reverse

from iom.tests.factories import ArticleFactory, TopicFactory
from iom.tests.html_forms import forms
from newsroom.models import ArticleTopic, Topic

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("topics:index"), reverse("topics:add")


def edit(topic):
    return reverse("topics:edit", args=[topic.pk])


def save(client, address, **values):
    """The form as it stands, with `values`: the answer."""
    (form,) = [form for form in forms(client.get(address).content, address) if "name_fr" in form.values]
    return client.post(form.action, form.values | values)


@pytest.mark.parametrize("account", ["editor", "admin"])
def test_a_topic_is_added_by_its_names_and_found_in_the_list(sign_in, account):
    client = sign_in(account)

    save(client, ADD, name_fr="L’œuvre de l’eau", name_en="Water works")

    topic = Topic.objects.get(name_en="Water works")
    assert (topic.slug_fr, topic.slug_en) == ("l-oeuvre-de-l-eau", "water-works")
    for found in (client.get(LIST).content.decode(), client.get(LIST, {"q": "water"}).content.decode()):
        assert "Water works" in found
        assert edit(topic) in found


def test_an_officer_reads_the_topics_and_changes_none(sign_in):
    topic = TopicFactory(name_fr="Eau")
    client = sign_in("officer")

    assert "Eau" in client.get(LIST).content.decode()
    assert client.get(edit(topic)).status_code == client.get(ADD).status_code == 302


@pytest.mark.parametrize("account", ["translator.fr", "translator.en"])
def test_translators_have_no_screen_for_topics(sign_in, account):
    assert sign_in(account).get(LIST).status_code == 302


def test_a_renamed_topic_keeps_its_addresses(sign_in, visitor):
    topic = TopicFactory(name_fr="Eau", slug_fr="eau", name_en="Water", slug_en="water")
    ArticleTopic.objects.create(article=ArticleFactory(), topic=topic)

    save(sign_in("editor"), edit(topic), name_fr="Eaux", name_en="Waters", slug_fr="eaux", slug_en="waters")

    topic.refresh_from_db()
    assert (topic.name_fr, topic.name_en) == ("Eaux", "Waters")
    assert (topic.slug_fr, topic.slug_en) == ("eau", "water")
    page = visitor.get("/fr/actualites/", {"topic": "eau"})
    assert page.context["filters"].topics == ["eau"]


def test_a_language_is_added_to_a_topic_later_and_taken_away(sign_in):
    topic = TopicFactory(name_fr="Eau", slug_fr="eau", name_en="", slug_en="")
    client = sign_in("editor")

    save(client, edit(topic), name_en="Water")
    topic.refresh_from_db()
    assert topic.slug_en == "water"

    save(client, edit(topic), name_en="")
    topic.refresh_from_db()
    assert (topic.name_fr, topic.name_en, topic.slug_en) == ("Eau", "", "")


@pytest.mark.parametrize(
    ("language", "message"),
    [("fr", "Un autre thème a déjà cette adresse."), ("en", "Another topic has this address.")],
)
def test_an_address_that_another_topic_has_is_refused_in_words(sign_in, language, message):
    TopicFactory(slug_fr="eau")
    client = sign_in("editor")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    answer = save(client, ADD, name_fr="Eau").content.decode()

    assert message in answer
    assert "topic_address_once" not in answer
    assert 'value="Eau"' in answer
    assert Topic.objects.filter(slug_fr="eau").count() == 1


def test_a_name_of_which_no_address_can_be_made_asks_for_one(sign_in):
    answer = save(sign_in("editor"), ADD, name_en="!!!")

    assert "Le nom et l’adresse vont de pair." in answer.content.decode()
    assert not Topic.objects.filter(name_en="!!!").exists()


def test_a_topic_is_deleted_with_a_question_first(sign_in):
    topic = TopicFactory()
    client, address = sign_in("editor"), reverse("topics:delete", args=[topic.pk])

    assert str(topic.name_fr) in client.get(address).content.decode()
    client.post(address)

    assert not Topic.objects.filter(pk=topic.pk).exists()
