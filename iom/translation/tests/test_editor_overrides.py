"""The overrides of a language: slug, keywords, pictures, documents and links."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride

from iom.media.models import SiteImage
from iom.tests.factories import ArticleFactory
from iom.tests.html_forms import forms
from iom.translation.tests.admin import message_text
from iom.translation.tests.desk import body, submit, translated
from iom.translation.tests.screen import ENGLISH, address, form, written
from newsroom.models import NewsArticle
from search import engine


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.", "Deux."))


@pytest.fixture
def state(original):
    return submit(original, "en")


@pytest.fixture
def live(original):
    english = NewsArticle(title="Title", summary="Summary.", body=body("One.", "Two."))
    return translated(original, english)[0]


def test_an_address_is_chosen_before_the_first_publication(sign_in, state, django_capture_on_commit_callbacks):
    client = sign_in("translator.en")
    client.post(address(state), form(state, ENGLISH, slug="an-address"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(state), form(state, action="action-publish"))

    assert NewsArticle.objects.get(pk=state.page_id).url == "/en/news/an-address/"


def test_a_live_page_moves_with_its_next_publication_and_its_old_address_leads_there(
    sign_in, visitor, live, django_capture_on_commit_callbacks
):
    client = sign_in("translator.en")
    client.post(address(live), form(live, slug="another"))
    assert NewsArticle.objects.get(pk=live.page_id).url == "/en/news/title/"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(live), form(live, action="action-publish"))

    assert NewsArticle.objects.get(pk=live.page_id).url == "/en/news/another/"
    assert Redirect.objects.filter(old_path="/en/news/title", redirect_page=live.page_id).exists()
    assert visitor.get("/en/news/title/").url == "/en/news/another/"
    assert not SegmentOverride.objects.filter(context__path="slug").exists()


def test_what_is_chosen_after_a_translation_was_ready_does_not_go_live_by_itself(sign_in):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.", "Deux."), live=False)
    state = submit(original, "en")
    client = sign_in("translator.en")
    client.post(address(state), form(state, ENGLISH, action="action-publish"))
    state.refresh_from_db()
    assert state.step == "ready"

    client.post(address(state), form(state, slug="another"))
    state.refresh_from_db()
    assert state.step == "to-publish"


def test_an_address_that_another_page_has_is_refused(sign_in, state):
    taken = Page.objects.child_of(Page.objects.get(pk=state.page_id).get_parent()).not_page(state.page).first().slug
    answer = sign_in("translator.en").post(address(state), form(state, {"title": "Title"}, slug=taken))

    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert written(state) == {"title": "Title"}
    assert not SegmentOverride.objects.filter(context__path="slug").exists()


def test_each_language_has_its_own_keywords_by_which_the_next_publication_is_found(
    sign_in, original, live, django_capture_on_commit_callbacks
):
    original.keywords = "caravansérail"
    original.save_revision().publish()
    live.refresh_from_db()
    assert live.words_left == 0, "nothing to translate"
    client = sign_in("translator.en")
    shown = client.get(address(live)).content.decode()
    assert "caravansérail" in shown
    assert "Mots et questions que l’on recherche" in shown

    client.post(address(live), form(live, keywords="roadside inn, where do I sleep"))
    assert not engine.search("en", "roadside inn").hits, "readers find it once it is published"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(live), form(live, action="action-publish"))

    page = NewsArticle.objects.get(pk=live.page_id)
    assert page.keywords == "roadside inn, where do I sleep"
    assert [hit.page for hit in engine.search("en", "roadside inn").hits] == [page.pk]
    assert [hit.page for hit in engine.search("fr", "caravansérail").hits] == [original.pk]

    original.title = "Autre titre"
    original.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(live), form(live, {"title": "Other"}, action="action-publish", keywords=""))
    assert NewsArticle.objects.get(pk=live.page_id).keywords == ""


def test_too_many_keywords_are_refused_and_stand_in_the_form(sign_in, live):
    answer = sign_in("translator.en").post(address(live), form(live, keywords="roadside inn, " * 200))
    assert "error-message" in answer.content.decode()
    assert "roadside inn, roadside inn" in answer.content.decode()


def test_a_language_has_a_picture_of_its_own_until_it_is_taken_away(sign_in, original):
    first, second = SiteImage.objects.all()[:2]
    original.lead_picture, original.picture_decorative = first, True
    original.save_revision().publish()
    state = submit(NewsArticle.objects.get(pk=original.pk), "en")
    number = state.translation.source.overridablesegment_set.get(context__path="lead_picture").pk
    client = sign_in("translator.en")

    def previewed():
        source = state.translation.source
        return source.get_ephemeral_translated_instance(state.locale, fallback=True).lead_picture

    client.post(address(state), form(state, own="1", **{f"own-{number}": second.pk}))
    assert previewed() == second
    assert client.get(address(state)).status_code == 200

    client.post(address(state), form(state, own="1", **{f"own-{number}": ""}))
    assert previewed() == first


def test_the_alternative_text_stands_beside_the_picture_that_it_describes(sign_in, original):
    first, second = SiteImage.objects.all()[:2]
    original.lead_picture, original.picture_alt = first, "Une gare."
    original.save_revision().publish()
    state = submit(NewsArticle.objects.get(pk=original.pk), "en")
    number = state.translation.source.overridablesegment_set.get(context__path="lead_picture").pk
    client = sign_in("translator.en")

    def described():
        soup = BeautifulSoup(client.get(address(state), headers={"accept-language": "en"}).content, "html.parser")
        row = next(row for row in soup.select("[data-segment]") if "Une gare." in row.get_text())
        return row.img["src"], "describe this one" in row.get_text()

    assert described() == (first.get_rendition("max-165x165").url, False)
    client.post(address(state), form(state, own="1", **{f"own-{number}": second.pk}))
    assert described() == (second.get_rendition("max-165x165").url, True)


def test_a_link_leads_elsewhere_in_this_language_and_not_to_nonsense(sign_in, original):
    link = '<p>Voir <a href="https://example.org/fr">ici</a>.</p>'
    original.body = [{"type": "paragraph", "id": "0", "value": link}]
    original.save_revision().publish()
    state = submit(NewsArticle.objects.get(pk=original.pk), "en")
    number = state.translation.source.overridablesegment_set.get().pk
    client = sign_in("translator.en")

    refused = client.post(address(state), form(state, own="1", **{f"own-{number}": "javascript:alert(1)"}))
    assert refused.status_code == 200
    assert not SegmentOverride.objects.filter(context__object_id=state.original.translation_key).exists()

    texts = {"body.0": 'See <a id="a1">here</a>.'}
    client.post(address(state), form(state, texts, own="1", **{f"own-{number}": "https://example.org/en"}))
    assert (
        'href="https://example.org/en"' in client.get(reverse("translation_preview", args=[state.pk])).content.decode()
    )


def test_nothing_is_published_at_an_invalid_address(sign_in, state):
    answer = sign_in("translator.en").post(
        address(state), form(state, ENGLISH, action="action-publish", slug="Not An Address")
    )

    assert "Not An Address" in answer.content.decode()
    assert written(state) == ENGLISH
    assert not Page.objects.get(pk=state.page_id).live


def test_an_address_that_another_page_has_taken_meanwhile_is_said_on_publishing(sign_in, state):
    client = sign_in("translator.en")
    client.post(address(state), form(state, ENGLISH, slug="mine"))
    sibling = Page.objects.child_of(Page.objects.get(pk=state.page_id).get_parent()).not_page(state.page).first()
    Page.objects.filter(pk=sibling.pk).update(slug="mine")
    answer = client.post(address(state), {"action": "action-publish"})

    assert answer.status_code == 200
    assert "mine" in message_text(answer)
    assert not Page.objects.get(pk=state.page_id).live


def test_what_is_wrong_with_a_field_is_found_by_the_id_that_it_names(sign_in, original):
    original.body = [
        {"type": "paragraph", "id": "0", "value": '<p>Voir <a href="https://example.org/fr">ici</a>.</p>'}
    ]
    original.save_revision().publish()
    state = submit(NewsArticle.objects.get(pk=original.pk), "en")
    number = state.translation.source.overridablesegment_set.get().pk
    wrong = {"slug": "Not An Address", "keywords": "x" * 5000, f"own-{number}": "javascript:alert(1)"}
    answer = sign_in("translator.en").post(address(state), form(state, ENGLISH, own="1", **wrong))

    page = BeautifulSoup(answer.content, "html.parser")
    described = {
        one["name"]: one["aria-describedby"].split() for one in page.select(".translation-own [aria-describedby]")
    }
    assert described.keys() >= wrong.keys()
    assert [name for names in described.values() for name in names if page.find(id=name) is None] == []


def opened(answer):
    """Returns the data that the unchanged screen sends, with the fields beside its form."""
    page = BeautifulSoup(answer.content, "html.parser")
    (main,) = page.select("form#segments")
    for control in page.select("[form=segments]"):
        main.append(control)
    (shown,) = forms(str(main))
    return {name: values[0] for name, values in shown.values.items()} | {"action": "save"}


def test_what_another_has_chosen_since_stays_unless_the_same_is_chosen_otherwise(sign_in, original):
    pictures = SiteImage.objects.all()[:3]
    original.lead_picture, original.picture_decorative = pictures[0], True
    original.save_revision().publish()
    state = submit(NewsArticle.objects.get(pk=original.pk), "en")
    number = state.translation.source.overridablesegment_set.get(context__path="lead_picture").pk
    names = ("slug", "keywords", f"own-{number}")
    theirs = dict(zip(names, ("theirs", "their words,\r\nin two lines", str(pictures[1].pk)), strict=True))
    mine = dict(zip(names, ("mine", "my words", str(pictures[2].pk)), strict=True))
    client, other = sign_in("translator.en"), sign_in("editor")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def stored():
        shown = opened(other.get(address(state)))
        return {name: "\r\n".join(shown.get(name, "").strip().splitlines()) for name in names}

    before = opened(client.get(address(state)))
    other.post(address(state), before | theirs)
    title = next(name for name in before if name.startswith("text-"))
    client.post(address(state), before | {title: "Typed"})
    assert stored() == theirs
    assert opened(client.get(address(state)))[title] == "Typed"

    refused = client.post(address(state), before | mine)
    assert stored() == theirs
    for text in ("“theirs”", "“their words,", f"“{pictures[1]}”"):
        assert f"Another person has changed this in the meantime: {text}" in refused.content.decode()
    again = opened(refused)
    assert {name: again[name] for name in names} == mine
    client.post(address(state), again)
    assert stored() == mine

    before = opened(client.get(address(state)))
    other.post(address(state), before | dict.fromkeys(names, ""))
    assert "Another person has deleted this" in client.post(address(state), before | theirs).content.decode()


def test_a_refused_field_does_not_keep_the_others_from_being_saved(sign_in, state):
    client = sign_in("translator.en")
    before = opened(client.get(address(state)))
    refused = opened(client.post(address(state), before | {"slug": "Not An Address", "keywords": "inn"}))
    client.post(address(state), refused | {"slug": "an-address", "keywords": "roadside inn"})

    shown = opened(client.get(address(state)))
    assert (shown["slug"], shown["keywords"].strip()) == ("an-address", "roadside inn")
