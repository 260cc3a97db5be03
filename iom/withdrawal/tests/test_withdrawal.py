"""A withdrawn text disappears in every language and at every address, and is restored as it was."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageLogEntry

from iom.publishing import jobs
from iom.tests.addresses import LANGUAGES
from iom.withdrawal.models import Withdrawal, WithdrawalRequest
from iom.withdrawal.tests.texts import BODIES, WORDS, content, naming, public_addresses, read
from newsroom.models import NewsArticle, PressArchive

pytestmark = pytest.mark.django_db
REASONS = {"reason_fr": "Les chiffres étaient faux.", "reason_en": "The figures were wrong."}
SAID = [*WORDS.values(), *BODIES.values()]


def form(page):
    return reverse("withdrawal_withdraw", args=[page.pk])


def withdraw(client, page, kind="public", **data):
    return client.post(form(page), {"kind": kind} | (REASONS if kind == "public" else {}) | data)


def restore(client, page):
    return client.post(reverse("withdrawal_restore", args=[page.pk]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_are_told_title_reason_and_date_and_machines_that_it_is_gone(sign_in, visitor, texts, language):
    withdraw(sign_in("officer"), texts["fr"])

    answer = visitor.get(texts[language].url)

    assert answer.status_code == 410
    assert answer.headers["X-Robots-Tag"] == "noindex"
    said = content(answer)
    assert '<meta name="robots" content="noindex">' in said
    assert {"fr": "Retiré", "en": "Withdrawn"}[language] in said
    assert texts[language].title in said
    assert REASONS[f"reason_{language}"] in said
    assert str(Withdrawal.objects.get().withdrawn_at.year) in said
    assert BODIES[language] not in said
    with override(language):
        assert visitor.get(texts[language].text_url).status_code == 410


@pytest.mark.parametrize(("kind", "hidden"), [("public", False), ("public", True), ("protection", False)])
def test_the_language_switch_leads_to_the_same_withdrawn_text(sign_in, visitor, texts, kind, hidden):
    withdraw(sign_in("officer"), texts["fr"], kind, note="A reason.")
    if hidden:  # it had expired before, and its page says nothing about it
        Withdrawal.objects.update(withdrawn_at=timezone.now() + timedelta(days=2))
        english = texts["en"].withdrawn_text
        english.content |= {"expire_at": (timezone.now() + timedelta(days=1)).isoformat()}
        english.save()
    links = BeautifulSoup(content(visitor.get(texts["fr"].url)), "html.parser").select(".languages a")
    expected = "/en/" if hidden or kind == "protection" else texts["en"].url
    assert {link["href"] for link in links} == {expected}


def test_no_public_address_names_it_any_more_and_all_do_once_it_is_restored(sign_in, visitor, texts):
    addresses = public_addresses(visitor)
    archives = {text.press_archive.url for text in texts.values()}
    before = naming(read(visitor, addresses - archives), *SAID)
    own = {text.url for text in texts.values()}
    assert own < before.keys()
    assert len(before) > 20, before
    for kind in ("public", "protection"):
        withdraw(sign_in("officer"), texts["en"], kind)

        answers = read(visitor, addresses)
        assert naming(answers, *BODIES.values()) == {}
        gone = {address for address in addresses if address.startswith(tuple(own))} | archives
        assert len(gone) == 6
        assert {answers[address][0] for address in gone} == {410}
        assert naming(answers, *SAID) == (dict.fromkeys(gone, 410) if kind == "public" else {})
        assert not PressArchive.objects.filter(article__in=[text.pk for text in texts.values()]).exists()

        restore(sign_in("editor"), texts["fr"])
        jobs.run(kinds=["press-archive"])
        assert naming(read(visitor, addresses - archives), *SAID) == before
        made = PressArchive.objects.filter(article__in=[text.pk for text in texts.values()]).exclude(file="")
        assert made.count() == 2
        archives = {archive.url for archive in made}
        addresses = public_addresses(visitor)


def test_for_protection_nothing_of_the_text_is_said_and_no_reason(sign_in, visitor, texts):
    withdraw(sign_in("officer"), texts["fr"], "protection", note="Triceratops", reason_fr="Stegosaurus")

    for text in texts.values():
        answer = visitor.get(text.url)
        said = content(answer)
        assert answer.status_code == 410
        assert not [word for word in (*SAID, "Triceratops", "Stegosaurus", str(text.summary)) if word in said]


def state_of(texts):
    """Returns all stored values of the pages, with child rows and the state of the translation."""
    found = []
    for text in texts.values():
        page = NewsArticle.objects.get(pk=text.pk)
        row = {field.attname: getattr(page, field.attname) for field in page._meta.concrete_fields}
        children = [page.serializable_data()[name] for name in ("countries", "topics", "contacts", "corrections")]
        state = page.translation_state if hasattr(page, "translation_state") else None
        found.append(
            (
                row,
                str(row.pop("body").raw_data),
                children,
                state and (state.step, state.ready, state.source_version, state.digest),
            )
        )
    return found


@pytest.mark.parametrize("kind", ["public", "protection"])
def test_it_comes_back_as_it_was_to_the_last_field(sign_in, texts, kind):
    before = state_of(texts)
    withdraw(sign_in("officer"), texts["fr"], kind)
    assert not NewsArticle.objects.filter(pk__in=[text.pk for text in texts.values()], live=True).exists()

    restore(sign_in("editor"), texts["en"])

    assert state_of(texts) == before
    assert not Withdrawal.objects.exists()


def test_a_draft_that_is_written_meanwhile_remains_a_draft(sign_in, visitor, texts):
    original = texts["fr"]
    withdraw(sign_in("officer"), original)
    draft = NewsArticle.objects.get(pk=original.pk)
    draft.title, draft.slug = "Un brouillon", "un-brouillon"
    draft.save_revision(user=None)
    draft.save()  # as the editor does with a page that is not live
    assert visitor.get(original.url).status_code == 410

    restore(sign_in("editor"), original)

    page = NewsArticle.objects.get(pk=original.pk)
    assert (page.title, page.url, page.has_unpublished_changes) == (original.title, original.url, True)
    assert page.get_latest_revision_as_object().title == "Un brouillon"
    assert visitor.get(original.url).status_code == 200


def test_a_reason_is_needed_in_each_language_and_none_for_protection(sign_in, texts):
    answer = sign_in("officer").post(form(texts["fr"]), {"kind": "public", "reason_fr": "Faux."})
    assert answer.context["form"].errors.keys() == {"reason_en"}
    assert NewsArticle.objects.get(pk=texts["fr"].pk).live

    sign_in("officer").post(form(texts["fr"]), {"kind": "protection"})
    assert not NewsArticle.objects.get(pk=texts["fr"].pk).live


MAY = {"officer": "withdraw", "editor": "withdraw", "admin": "withdraw", "translator.en": "ask", "translator.fr": ""}


@pytest.mark.parametrize("account", MAY)
def test_who_may_withdraw_and_who_may_ask(sign_in, texts, account):
    client, page = sign_in(account), texts["en"]
    listing = content(client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])))
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert client.get(form(page)).status_code == (200 if MAY[account] else 302)
    assert (form(page) in listing) == bool(MAY[account])
    if account in ("officer", "editor", "admin"):
        original = client.get(reverse("wagtailadmin_pages:edit", args=[texts["fr"].pk]))
        assert form(texts["fr"]) in content(original)
    assert edit.status_code == (200 if MAY[account] else 302)
    withdraw(client, page, reason="Les chiffres étaient faux.")
    assert NewsArticle.objects.get(pk=page.pk).live == (MAY[account] != "withdraw")
    assert WithdrawalRequest.objects.filter(decision="").exists() == (MAY[account] == "ask")


@pytest.mark.parametrize("account", ["officer", "translator.fr", "translator.en"])
def test_only_an_editor_restores(sign_in, texts, account):
    withdraw(sign_in("officer"), texts["fr"])
    restore(sign_in(account), texts["fr"])
    assert Withdrawal.objects.exists()
    restore(sign_in("editor"), texts["fr"])
    assert not Withdrawal.objects.exists()


SCREENS = [
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:usage",
]


@pytest.mark.parametrize("account", ["officer", "translator.en", "editor"])
def test_what_is_withdrawn_for_protection_is_in_the_admin_for_editors_alone(sign_in, texts, account):
    for text in texts.values():
        text.save_revision(user=None)
    withdraw(sign_in("officer"), texts["fr"], "protection", note="Names a witness.")
    client, sees = sign_in(account), account == "editor"
    page = texts["fr" if account != "translator.en" else "en"]
    title, word = page.title, page.title.split()[1]
    for name in SCREENS:
        answer = client.get(reverse(name, args=[page.pk]))
        assert answer.status_code == (200 if sees else 302), name
    address = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, page.latest_revision_id])
    assert client.get(address).status_code == (200 if sees else 302)
    lists = [
        reverse("wagtailadmin_pages:search") + f"?q={word}",
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]) + f"?q={word}",
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_choose_page_search") + f"?q={word}",
        reverse("withdrawal_texts"),
        reverse("translation_desk"),
        reverse("wagtailadmin_home"),
    ] + ([reverse("newsroom_articles") + f"?q={word}"] if account != "translator.en" else [])
    naming = [address for address in lists if title in content(client.get(address))]
    assert bool(naming) == sees, naming
    report = content(client.get(reverse("withdrawal_texts")))
    assert (title in report) == sees
    if sees:
        assert "Names a witness." in content(client.get(reverse(SCREENS[0], args=[page.pk])))


@pytest.mark.parametrize("account", ["officer", "editor"])
def test_the_form_of_a_withdrawn_text_offers_to_save_it_and_not_to_publish_it(sign_in, texts, account):
    client, address = sign_in(account), reverse("wagtailadmin_pages:edit", args=[texts["fr"].pk])

    def buttons():
        return BeautifulSoup(content(client.get(address)), "html.parser").select("footer button")

    assert any("Publier" in button.text for button in buttons())
    withdraw(client, texts["fr"])
    assert ["Enregistrer" in button.text for button in buttons()] == [True]
    assert ("La rédaction peut le restaurer." in content(client.get(address))) == (account == "officer")
    restore(sign_in("editor"), texts["fr"])
    assert any("Publier" in button.text for button in buttons())


def test_who_and_why_are_in_the_history(sign_in, texts):
    withdraw(sign_in("officer"), texts["fr"])
    restore(sign_in("editor"), texts["fr"])
    entries = PageLogEntry.objects.filter(page=texts["fr"].pk, action__startswith="withdrawal.").order_by("pk")
    assert [(entry.action, entry.user.email) for entry in entries] == [
        ("withdrawal.withdraw", "officer@example.org"),
        ("withdrawal.restore", "editor@example.org"),
    ]
    history = content(sign_in("editor").get(reverse("wagtailadmin_pages:history", args=[texts["fr"].pk])))
    assert REASONS["reason_fr"] in history


def test_an_address_that_another_page_has_taken_answers_for_that_page(sign_in, visitor, texts):
    assert visitor.get(texts["fr"].url).status_code == 200
    withdraw(sign_in("officer"), texts["fr"])
    assert visitor.get(texts["fr"].url.rstrip("/") + "-x/").status_code == 404
