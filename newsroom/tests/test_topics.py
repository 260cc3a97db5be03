import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from iom.tests.factories import TopicFactory
from newsroom.models import Topic, TopicName


def test_a_topic_is_named_in_the_readers_language():
    topic = TopicFactory.build(fr="Santé", en="Health")

    for language, name, slug in (("fr", "Santé", "sante"), ("en", "Health", "health")):
        with translation.override(language):
            assert (topic.local_name.name, topic.local_name.slug, str(topic)) == (name, slug, name)


@pytest.mark.parametrize("loaded", [False, True])
def test_editors_see_a_topic_by_its_name_in_another_language(db, loaded):
    with translation.override("en"):
        french, spanish = TopicFactory(fr="Océans", en=""), Topic.objects.create()
        spanish.names.create(language="es", name="Retorno", slug="retorno")
        spanish.save()
        if loaded:
            french, spanish = Topic.objects.get(pk=french.pk), Topic.objects.get(pk=spanish.pk)
        assert (french.local_name, str(french)) == (None, "Océans")
        assert (spanish.local_name, str(spanish)) == (None, "Retorno")


def test_the_names_of_a_topic_stand_in_the_order_of_the_languages_whatever_the_database_returns(db):
    topic = TopicFactory(fr="", en="Water")
    TopicName.objects.create(topic=topic, language="fr", name="Eau", slug="eau")

    assert Topic.objects.get(pk=topic.pk).all_names == "Eau · Water"


def test_a_loaded_topic_follows_the_language_and_what_is_saved(db, django_assert_num_queries):
    pk = TopicFactory(fr="Santé", en="Health").pk
    with translation.override("fr"):
        with django_assert_num_queries(1):
            topic = Topic.objects.get(pk=pk)
            assert (str(topic), topic.local_name.slug) == ("Santé", "sante")
        with translation.override("en"):
            assert str(topic) == "Health"
        topic.names = [TopicName(language="fr", name="Soins", slug="soins")]
        topic.save()
        assert str(topic) == "Soins"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_topics_stand_in_the_order_of_their_names_in_the_language(db, language):
    TopicFactory(fr="AAA", en="ZZZ")
    TopicFactory(fr="ZZZ", en="AAA")
    with translation.override(language):
        names = [topic.local_name.name for topic in Topic.objects.all() if topic.local_name]

    assert (names[0], names[-1]) == ("AAA", "ZZZ")
    assert len(set(names)) == len(names) > 5


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": "", "slug": "eau"}, {"slug"}),
        ({"name": "Eau", "slug": ""}, {"slug"}),
        ({"name": "Eau", "slug": "e a u"}, {"slug"}),
    ],
)
def test_a_name_that_readers_could_not_read_or_reach_is_refused(db, values, wrong):
    with pytest.raises(ValidationError) as refusal:
        TopicName(topic=Topic.objects.create(), **{"language": "fr"} | values).full_clean()

    assert set(refusal.value.error_dict) == wrong


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_address_belongs_to_one_topic_in_each_language(db, language):
    TopicFactory(**{language: "Eau"})
    TopicFactory(**{"fr" if language == "en" else "en": "Eau"})

    with pytest.raises(IntegrityError), transaction.atomic():
        TopicFactory(**{language: "Eau"})


def test_a_topic_has_one_name_in_each_language(db):
    topic = TopicFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicName.objects.create(topic=topic, language="fr", name="Autre", slug="autre")
