"""Review: translated, revised and published by three persons, where the language's rule says so."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import LanguageRule, TranslationState
from iom.translation.tests.admin import message_text
from iom.translation.tests.desk import body, notified, person, prefill, republish, submit
from iom.translation.workflow import publication, review
from iom.translation.workflow.writing import write
from iom.users.models import User
from newsroom.models import NewsArticle

Step = TranslationState.Step


@pytest.fixture
def rule(db):
    LanguageRule.objects.filter(locale__language_code="en").update(review=True)
    return LanguageRule.objects.get(locale__language_code="en")


@pytest.fixture
def colleague(db):
    """A second translator into English, who revises."""
    person = User.objects.create_user("reviser.en@example.org", "x", first_name="Rae", last_name="Reviser")
    person.groups.add(LanguageRule.objects.get(locale__language_code="en").translators)
    return person


@pytest.fixture
def reviser(client, colleague):
    client.force_login(colleague)
    return client


@pytest.fixture
def state(rule, colleague):
    """A complete translation by translator.en that nobody has revised yet."""
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."))
    state = submit(original, "en")
    prefill(
        state, original, NewsArticle(title="Title", summary="Summary.", body=body("One.")), person("translator.en")
    )
    return fresh(state)


def fresh(state):
    return TranslationState.objects.get(pk=state.pk)


def press(client, state, what, **data):
    return client.post(reverse(f"translation_{what}", args=[state.pk]), data)


def test_what_is_translated_waits_for_another_person_who_is_told(state):
    assert state.step == Step.TO_REVISE
    assert notified("to-revise", state) == {"reviser.en@example.org"}
    with pytest.raises(publication.NotPublished):
        publication.publish(state, person("editor"))


def test_three_persons_translate_revise_and_publish(sign_in, state, reviser, colleague):
    press(sign_in("translator.en"), state, "revise")
    assert fresh(state).revised_by is None

    press(reviser, state, "revise")
    assert (fresh(state).revised_by, fresh(state).step) == (colleague, Step.TO_PUBLISH)

    for someone in (colleague, person("translator.en")):
        with pytest.raises(publication.NotPublished):
            publication.publish(fresh(state), someone)
    assert publication.publish(fresh(state), person("editor"))


def test_whoever_has_written_one_passage_does_not_revise(state, reviser, colleague):
    row = segments.load_text(state.translation)[0]
    write(state, row, "Another title", colleague)

    response = press(reviser, state, "revise")

    assert fresh(state).revised_at is None
    assert message_text(response)


def test_what_is_written_after_the_review_is_revised_again(state, reviser):
    press(reviser, state, "revise")
    row = segments.load_text(state.translation)[0]

    write(fresh(state), row, "Another title", person("translator.en"))

    assert (fresh(state).step, fresh(state).revised_by) == (Step.TO_REVISE, None)


def test_a_translation_is_sent_back_with_a_reason_until_it_is_written_on(sign_in, state, reviser):
    press(reviser, state, "send_back", reason="“Title” is too short.")

    state = fresh(state)
    assert (state.step, state.claimed_by) == (Step.IN_PROGRESS, person("translator.en"))
    assert notified("sent-back", state) == {"translator.en@example.org"}
    assert review.remark(state).data["reason"] == "“Title” is too short."

    write(state, segments.load_text(state.translation)[0], "A longer title", person("translator.en"))

    assert fresh(state).step == Step.TO_REVISE
    assert review.remark(fresh(state))  # the reviser compares
    press(reviser, state, "revise")
    assert review.remark(fresh(state)) is None


def test_a_translation_is_not_sent_back_without_a_reason(state, reviser):
    response = press(reviser, state, "send_back", reason="  ")

    assert response.status_code == 400
    assert fresh(state).step == Step.TO_REVISE


@pytest.mark.parametrize("account", ["translator.fr"])
@pytest.mark.parametrize("what", ["revise", "send_back"])
def test_translators_into_another_language_do_not_revise(sign_in, state, account, what):
    press(sign_in(account), state, what, reason="No.")
    assert (fresh(state).step, fresh(state).revised_by) == (Step.TO_REVISE, None)


def test_an_incomplete_translation_is_not_revised(state, reviser):
    write(state, segments.load_text(state.translation)[0], "", person("translator.en"))
    press(reviser, state, "revise")
    assert fresh(state).revised_at is None


def test_what_awaits_its_review_does_not_go_live_with_a_change_of_its_original(state, reviser, colleague):
    press(reviser, state, "revise")
    publication.publish(fresh(state), person("editor"))
    write(fresh(state), segments.load_text(state.translation)[0], "Unrevised", person("translator.en"))
    original = NewsArticle.objects.get(pk=state.original_id)
    original.date = original.date.replace(day=1)

    republish(original)

    page = NewsArticle.objects.get(pk=state.page_id)
    assert (page.title, page.date) == ("Title", original.date)


def test_without_the_rule_the_translator_publishes(rule, state):
    LanguageRule.objects.filter(pk=rule.pk).update(review=False)
    assert publication.publish(fresh(state), person("translator.en"))


def rules_form(client, rule, **data):
    return client.post(reverse("language_rules:edit", args=[rule.pk]), data)


def test_an_administrator_changes_the_rule_and_the_desk_follows(sign_in, rule, state):
    client = sign_in("admin")
    assert client.get(reverse("language_rules:index")).status_code == 200
    assert client.get(reverse("language_rules:edit", args=[rule.pk])).status_code == 200

    rules_form(client, rule)
    assert fresh(state).step == Step.TO_PUBLISH

    rules_form(client, rule, review="on")
    assert fresh(state).step == Step.TO_REVISE
    assert LanguageRule.objects.get(pk=rule.pk).translators == Group.objects.get(name="Translators into English")


@pytest.mark.parametrize("account", ["officer", "editor", "translator.en"])
def test_nobody_else_changes_the_rule(sign_in, rule, account):
    client = sign_in(account)
    assert client.get(reverse("language_rules:index")).status_code == 302
    rules_form(client, rule)
    assert LanguageRule.objects.get(pk=rule.pk).review


def test_not_even_an_administrator_adds_or_deletes_a_rule(sign_in, rule):
    client = sign_in("admin")
    client.post(reverse("language_rules:delete", args=[rule.pk]))
    assert client.get(reverse("language_rules:add")).status_code == 302
    assert LanguageRule.objects.filter(pk=rule.pk).exists()
