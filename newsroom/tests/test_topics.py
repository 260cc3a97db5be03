import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from iom.tests.factories import TopicFactory
from newsroom.models import Topic


def test_a_topic_is_named_in_the_readers_language():
    topic = Topic(name_fr="Santé", slug_fr="sante", name_en="Health", slug_en="health")

    with translation.override("fr"):
        assert (topic.name, topic.slug, str(topic)) == ("Santé", "sante", "Santé")
    with translation.override("en"):
        assert (topic.name, topic.slug, str(topic)) == ("Health", "health", "Health")


def test_where_it_has_no_name_a_topic_is_told_to_editors_by_the_other_one():
    with translation.override("en"):
        topic = Topic(name_fr="Diasporas", slug_fr="diasporas")
        assert topic.name == ""
        assert str(topic) == "Diasporas"


def test_the_topics_of_a_language_are_those_named_in_it_in_the_order_of_their_names(db):
    TopicFactory(name_fr="Zoo", name_en="")
    names = [topic.name_en for topic in Topic.objects.named_in("en")]

    assert "" not in names
    assert names == sorted(names)
    assert "Zoo" in [topic.name_fr for topic in Topic.objects.named_in("fr")]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, {"name_fr"}),
        ({"name_fr": "Eau"}, {"slug_fr"}),
        ({"slug_en": "water", "name_fr": "Eau", "slug_fr": "eau"}, {"slug_en"}),
        ({"name_fr": "Eau", "name_en": "Water"}, {"slug_fr", "slug_en"}),
        ({"name_fr": "Eau", "slug_fr": "e a u"}, {"slug_fr"}),
    ],
)
def test_a_topic_that_readers_could_not_name_or_reach_is_refused(db, values, wrong):
    with pytest.raises(ValidationError) as refusal:
        Topic(**values).full_clean()

    assert set(refusal.value.error_dict) == wrong


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_address_belongs_to_one_topic_in_each_language(db, language):
    TopicFactory(**{f"slug_{language}": "eau"})

    with pytest.raises(IntegrityError), transaction.atomic():
        TopicFactory(**{f"slug_{language}": "eau"})


def test_several_topics_may_have_no_address_in_a_language(db):
    for number in range(2):
        Topic(name_fr=f"Sans anglais {number}", slug_fr=f"sans-anglais-{number}").full_clean()
        TopicFactory(name_en="", slug_en="")
