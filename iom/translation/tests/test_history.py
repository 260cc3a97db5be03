"""The history of published versions, and restoring passages from it."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, person, prefill, republish, submit
from iom.translation.tests.screen import passage
from iom.translation.workflow import publication
from iom.translation.workflow.writing import write
from newsroom.models import NewsArticle


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body("Un train part.", "Il arrive."))


@pytest.fixture
def state(original):
    """A translation that was published once, by translator.en."""
    state = submit(original, "en")
    counterpart = NewsArticle(title="Title", summary="Summary.", body=body("A train leaves.", "It arrives."))
    prefill(state, original, counterpart, person("translator.en"))
    publication.publish(state, person("translator.en"))
    return TranslationState.objects.get(pk=state.pk)


@pytest.fixture
def version(state):
    return state.translation.versions.get()


def number(version, target):
    return next(index for index, row in enumerate(version.segments) if row["target"] == target)


def use(client, state, version, index):
    address = reverse("translation_use", args=[state.pk, version.pk, index])
    answer = client.post(address)
    if answer.status_code != 200:
        return answer
    return client.post(address, {"replacing": answer.context["seen"]})  # the present words have been seen


def test_each_publication_is_listed_with_who_made_it(sign_in, state):
    html = sign_in("translator.en").get(reverse("translation_versions", args=[state.pk])).content.decode()

    assert reverse("translation_version", args=[state.pk, state.translation.versions.get().pk]) in html
    assert html.count(person("translator.en").get_full_name() or "translator.en@example.org") >= 2


def test_a_version_shows_what_has_changed_since(sign_in, state, version):
    write(state, passage(state, "Un train part."), "A train is leaving.", person("translator.en"))

    html = sign_in("translator.en").get(reverse("translation_version", args=[state.pk, version.pk])).content.decode()

    assert "A train leaves." in html
    assert "<del>leaves</del><ins>is leaving</ins>" in html
    assert reverse("translation_use", args=[state.pk, version.pk, number(version, "A train leaves.")]) in html
    assert reverse("translation_use", args=[state.pk, version.pk, number(version, "Title")]) not in html


def test_a_version_is_published_in_the_gender_of_a_translation(sign_in, state, version):
    client = sign_in("translator.en")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"

    html = client.get(reverse("translation_version", args=[state.pk, version.pk])).content.decode()

    assert "Publiée le" in html


def test_a_past_translation_is_used_again(sign_in, state, version):
    row = passage(state, "Un train part.")
    write(state, row, "A train is leaving.", person("translator.en"))

    answer = use(sign_in("translator.en"), state, version, number(version, "A train leaves."))

    assert answer.url.endswith(f"#segment-{row.pk}")
    assert passage(state, "Un train part.").target == "A train leaves."
    assert passage(state, "Un train part.").by == person("translator.en").pk


def test_a_past_translation_is_used_for_the_passage_in_its_place(sign_in, state, version, original):
    original.body = body("Un long train part.", "Il arrive.")
    republish(original)

    use(sign_in("translator.en"), state, version, number(version, "A train leaves."))

    assert passage(state, "Un long train part.").target == "A train leaves."


def test_a_passage_that_is_gone_is_still_read_and_cannot_be_used(sign_in, state, version, original):
    original.body = body("Un train part.")
    republish(original)
    client = sign_in("translator.en")

    html = client.get(reverse("translation_version", args=[state.pk, version.pk])).content.decode()
    answer = use(client, state, version, number(version, "It arrives."))

    assert "It arrives." in html
    assert answer.url == reverse("translation_version", args=[state.pk, version.pk])
    assert use(client, state, version, 99).status_code == 302


def test_translators_into_another_language_cannot_see_past_versions(sign_in, state, version):
    client = sign_in("translator.fr")
    write(state, passage(state, "Titre"), "Another", person("translator.en"))

    assert client.get(reverse("translation_versions", args=[state.pk])).status_code == 302
    assert client.get(reverse("translation_version", args=[state.pk, version.pk])).status_code == 302
    use(client, state, version, number(version, "Title"))
    assert passage(state, "Titre").target == "Another"


def entries(state, action):
    return PageLogEntry.objects.filter(page=state.page_id, action=action)


def test_the_log_says_who_translated_and_published(sign_in, state):
    entry = entries(state, "translation.publish").get()
    name = person("translator.en").get_full_name() or "translator.en@example.org"

    assert entry.user == person("translator.en")
    assert entry.data == {"translators": [name], "reviser": "", "publisher": name}
    assert entries(state, "wagtail.publish").get().user == person("translator.en")
    assert entries(state, "translation.submit").count() == 1
    assert name in entry.message


@pytest.mark.parametrize(
    ("account", "address"),
    [("translator.en", "wagtailadmin_pages:history"), ("admin", "wagtailadmin_reports:site_history")],
)
def test_it_shows_in_the_history_of_the_page_and_of_the_site(sign_in, state, account, address):
    args = [state.page_id] if "pages" in address else []

    html = sign_in(account).get(reverse(address, args=args)).content.decode()

    assert str(entries(state, "translation.publish").get().message) in html


def test_a_translation_that_waits_for_its_original_keeps_who_published_it(original):
    original.unpublish()
    state = submit(original, "en")
    counterpart = NewsArticle(title="Title", summary="Summary.", body=body("A train leaves.", "It arrives."))
    prefill(state, original, counterpart, person("translator.en"))
    assert not publication.publish(state, person("translator.en"))

    NewsArticle.objects.get(pk=original.pk).save_revision(user=person("officer")).publish(user=person("officer"))

    version = state.translation.versions.get()
    assert (version.published_at is not None, version.published_by) == (True, person("translator.en"))
    assert entries(state, "translation.publish").get().user == person("translator.en")


def test_claiming_and_releasing_are_logged(sign_in, original):
    state = submit(original, "en")
    client = sign_in("translator.en")

    client.post(reverse("translation_claim", args=[state.pk]))
    client.post(reverse("translation_release", args=[state.pk]))

    for action in ("claim", "release"):
        assert entries(state, f"translation.{action}").get().user == person("translator.en")
