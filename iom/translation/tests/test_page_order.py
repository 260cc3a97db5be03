"""A menu has the same order in all languages. Moving a footer page does not remove it from the footer."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from aboutus.models import AboutPage
from iom.listing import menu
from iom.listing.writing import refresh
from iom.navigation.tests.pairs import at, translate
from iom.tests.page_forms import fill_form
from iom.tests.test_every_form import PUBLISH, assert_accepted, edit_url
from iom.translation.workflow import page_order, submission
from iom.users.models import User

LANGUAGES = ("fr", "en")


def sections(language):
    """Returns the translation keys of the menu's sections, in their order."""
    addresses = [item.url for item in menu.build(language, "").sections]
    by_address = dict(Page.objects.filter(url_path__in=addresses).values_list("url_path", "translation_key"))
    return [by_address[address] for address in addresses]


def reorder(client, page, position):
    assert (
        client.post(
            reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + f"?position={position}"
        ).status_code
        == 200
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 0), (1, 2), (4, 1)])
def test_what_is_reordered_in_one_language_is_in_the_others(sign_in, language, old, new):
    before = sections(language)
    assert sections("fr") == sections("en")
    page = Page.objects.get(translation_key=before[old], locale__language_code=language)

    reorder(sign_in("editor"), page, new)

    expected = [key for key in before if key != before[old]]
    expected.insert(new, before[old])
    assert sections("fr") == sections("en") == expected
    assert Page.find_problems() == ([], [], [], [], [])


def section(parent="/fr/qui-sommes-nous/", **values):
    above = at(parent)
    page = above.add_child(instance=AboutPage(locale=above.locale, show_in_menus=True, **values))
    page.save_revision().publish()
    return page


def test_a_translation_begins_at_the_place_of_its_original(db):
    above, english = at("/fr/qui-sommes-nous/"), at("/en/who-we-are/")
    drafts = [
        above.add_child(instance=AboutPage(title=title, locale=above.locale, live=False, show_in_menus=True))
        for title in ("Un", "Deux", "Trois")
    ]
    for number in (2, 0, 1):
        submission.submit(drafts[number], english.locale)

    below = list(english.get_children().values_list("translation_key", flat=True))
    assert below[-3:] == [page.translation_key for page in drafts]


def test_what_only_one_language_has_keeps_its_place(sign_in):
    only = section("/en/", title="Only here")
    before = sections("en")
    reorder(sign_in("editor"), at("/fr/notre-travail/"), 0)
    assert sections("en").index(only.translation_key) == before.index(only.translation_key)


def test_a_section_that_moves_stands_at_the_same_place_in_both_languages(db):
    page = section(title="Neuf")
    translate(page, title="New")
    page = Page.objects.get(pk=page.pk)

    page.move(at("/fr/qui-sommes-nous/structure/"), pos="left")

    french, english = (
        [child.translation_key for child in at(address).get_children().filter(show_in_menus=True)]
        for address in ("/fr/qui-sommes-nous/", "/en/who-we-are/")
    )
    assert french[0] == page.translation_key
    assert french == english


# Pages that are not in the menu, whose order is offered for the other languages


def pair(title):
    """A page that is in the footer and in no menu, and its translation."""
    page = at("/fr/qui-sommes-nous/").add_child(
        instance=AboutPage(title=title, locale=at("/fr/").locale, live=False, show_in_menus=False, in_footer=True)
    )
    page.save_revision().publish()
    translate(page, title=f"{title} en")
    return Page.objects.get(pk=page.pk)


def below(section, keys):
    children = at(section).get_children().values_list("translation_key", flat=True)
    return [key for key in children if key in keys]


@pytest.fixture
def two(db):
    """The translation keys of two pages, in their order in both languages."""
    pages = [pair("Un"), pair("Deux")]
    return [page.translation_key for page in pages]


SECTIONS = {"fr": "/fr/qui-sommes-nous/", "en": "/en/who-we-are/"}
OTHER = {"fr": "en", "en": "fr"}


def offered(client, language):
    screen = client.get(reverse("wagtailadmin_explore", args=[at(SECTIONS[language]).pk]), {"ordering": "ord"})
    return reverse("translation_same_order", args=[at(SECTIONS[language]).pk]) in screen.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_is_offered_for_the_other_language_and_readers_see_it(sign_in, visitor, two, language):
    editor = sign_in("editor")
    second = Page.objects.get(translation_key=two[1], locale__language_code=language)
    reorder(editor, second, 0)
    assert below(SECTIONS[language], two) == two[::-1]
    assert below(SECTIONS[OTHER[language]], two) == two
    there = at(SECTIONS[OTHER[language]])
    addresses = [Page.objects.get(translation_key=key, locale=there.locale).url_path for key in two]
    text = visitor.get(there.url).content.decode()
    assert text.index(addresses[0]) < text.index(addresses[1])

    assert offered(editor, language)
    answer = editor.post(reverse("translation_same_order", args=[at(SECTIONS[language]).pk]))

    assert answer.status_code == 302
    assert below(SECTIONS[OTHER[language]], two) == two[::-1]
    assert Page.find_problems() == ([], [], [], [], [])
    assert sections("fr") == sections("en")
    text = visitor.get(there.url).content.decode()
    assert text.index(addresses[1]) < text.index(addresses[0])


@pytest.mark.parametrize("account", ["officer", "translator.en", "translator.fr"])
def test_it_is_offered_to_nobody_who_may_not_reorder(sign_in, two, account):
    reorder(sign_in("editor"), Page.objects.get(translation_key=two[1], locale__language_code="fr"), 0)
    client = sign_in(account)
    assert not offered(client, "fr")
    client.post(reverse("translation_same_order", args=[at(SECTIONS["fr"]).pk]))
    assert below(SECTIONS["en"], two) == two


def test_a_section_that_another_has_locked_keeps_its_order(sign_in, two):
    reorder(sign_in("editor"), Page.objects.get(translation_key=two[1], locale__language_code="fr"), 0)
    locked = at(SECTIONS["en"])
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=User.objects.get(email="admin@example.org"))
    editor = sign_in("editor")

    assert not offered(editor, "fr")
    editor.post(reverse("translation_same_order", args=[at(SECTIONS["fr"]).pk]))

    assert below(SECTIONS["en"], two) == two


def test_it_is_not_offered_for_articles_which_are_sorted_by_date(sign_in, monkeypatch):
    assert offered(sign_in("editor"), "fr")
    monkeypatch.setattr(page_order, "MAX_CHILDREN", 0)
    assert not offered(sign_in("editor"), "fr")


# The footer


def in_footer(language):
    return {item.url for item in menu.build(language, "").footer}


def test_a_legal_page_that_moves_stays_in_both_footers(sign_in, visitor):
    legal = AboutPage.objects.filter(in_footer=True, locale__language_code="fr").first()
    before = {language: len(in_footer(language)) for language in LANGUAGES}

    answer = sign_in("admin").post(
        reverse("wagtailadmin_pages:move_confirm", args=[legal.pk, at("/fr/qui-sommes-nous/").pk])
    )

    assert answer.status_code == 302
    assert f"/fr/qui-sommes-nous/{legal.slug}/" in in_footer("fr")
    assert {language: len(in_footer(language)) for language in LANGUAGES} == before
    for language in LANGUAGES:
        text = visitor.get(f"/{language}/").content.decode()
        for address in in_footer(language):
            assert f'href="{address}"' in text[text.index('<footer class="site-footer"') :]
            assert visitor.get(address).status_code == 200


def test_an_officer_puts_a_page_into_the_footer_and_takes_it_out(sign_in):
    page = section(title="Aide")
    client = sign_in("officer")
    data = fill_form(client.get(edit_url(page)).context["form"], "fr", slug=page.slug, title="Aide", in_footer="on")
    assert_accepted(client.post(edit_url(page), data | PUBLISH))

    assert AboutPage.objects.get(pk=page.pk).url in in_footer("fr")
    data.pop("in_footer")
    assert_accepted(client.post(edit_url(page), data | PUBLISH))
    assert AboutPage.objects.get(pk=page.pk).url not in in_footer("fr")


def test_a_page_outside_menu_and_footer_is_in_neither(db):
    page = section("/fr/", title="Nulle part")
    AboutPage.objects.filter(pk=page.pk).update(show_in_menus=False)
    refresh([page.pk])
    assert page.url not in in_footer("fr") | {item.url for item in menu.build("fr", "").sections}
