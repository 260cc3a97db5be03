"""Each of wagtail-localize's own URLs checks the policy, or refuses."""

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import Page, TaskState
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.translation.editor.hooks import ANSWERED
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.workflow import detach, submission
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture
def state(db):
    return desk.submit(ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un.")), "en")


@pytest.fixture
def segment(state):
    return state.translation.source.stringsegment_set.get(context__path="title")


def localize_url(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def title_of(state):
    return StringTranslation.objects.filter(locale=state.locale, context__path="title", translation_of__data="Titre")


def test_every_address_of_localize_is_answered_by_the_site(db):
    """A URL that a later version adds is refused as well, until it is added to the answered ones."""
    (included,) = localize.register_admin_urls()
    for pattern in included.url_patterns:
        address = reverse(f"wagtail_localize:{pattern.name}", kwargs=dict.fromkeys(pattern.pattern.converters, "1"))
        assert get_resolver().resolve(address).namespaces == [], address  # those of localize have one


# What localize would write, show or send: by the site's own screens alone.
REFUSED = {
    "submit_page_translation": ["original"],
    "submit_snippet_translation": ["contacts", "office", "1"],
    "update_translations": ["source"],
    "edit_string_translation": ["state", "string"],
    "edit_override": ["state", "override"],
    "machine_translate": ["state"],
    "preview_translation": ["state"],
    "stop_translation": ["state"],
    "convert_to_alias": ["page"],
    "snippets_api_listing": ["contacts", "office"],
    "snippets_api_detail": ["contacts", "office", "1"],
    "translations_report_results": [],
}


def test_each_address_is_refused_or_answered(db):
    (included,) = localize.register_admin_urls()
    assert {pattern.name for pattern in included.url_patterns} == {*REFUSED, *ANSWERED}


@pytest.mark.parametrize("account", ["officer", "editor", "admin", "translator.en"])
def test_what_is_refused_is_refused_to_everyone_and_changes_nothing(sign_in, account):
    article = ArticleFactory(title="Titre", lead_picture=SiteImageFactory(), picture_alt="Une tente")
    state = desk.submit(article, "en")
    source = state.translation.source
    numbers = {
        "original": article.pk,
        "source": source.pk,
        "state": state.pk,
        "page": state.page_id,
        "string": source.stringsegment_set.first().pk,
        "override": source.overridablesegment_set.first().pk,
    }
    NewsArticle.objects.filter(pk=article.pk).update(title="Autre titre")
    other, client = SiteImageFactory(), sign_in(account)
    for name, arguments in REFUSED.items():
        address = localize_url(name, *(numbers.get(argument, argument) for argument in arguments))
        for method in (client.get, client.post, client.put, client.delete):
            answer = method(address, {"value": other.pk, "locales": state.locale_id}, content_type="application/json")
            assert (answer.status_code, answer.url) == (302, "/admin/"), (name, method)

    assert TranslationState.objects.filter(original=article.pk).count() == 1
    assert Translation.objects.get(pk=state.pk).enabled
    assert Page.objects.get(pk=state.page_id).alias_of_id is None
    assert source.stringsegment_set.filter(string__data="Titre").exists()
    assert not StringTranslation.objects.filter(context__object_id=article.translation_key).exists()
    assert not SegmentOverride.objects.filter(context__object_id=article.translation_key).exists()


def passage(state, segment):
    return reverse("translation_segment", args=[state.pk, segment.pk])


def test_a_translator_writes_a_segment_of_the_own_language_alone(sign_in, state, segment):
    assert sign_in("translator.fr").post(passage(state, segment), {"text": "Title"}).status_code == 302
    assert not title_of(state).exists()
    assert sign_in("translator.en").post(passage(state, segment), {"text": "Title"}).json()["ok"]
    assert title_of(state).get().data == "Title"
    state.refresh_from_db()
    assert state.translated == 1


def test_a_segment_of_another_text_is_refused_in_words(sign_in, state, segment):
    other = desk.submit(ArticleFactory(), "en").translation.source.stringsegment_set.first()
    client = sign_in("translator.en")

    assert client.post(passage(state, other), {"text": "x"}).json()["error"]
    assert not StringTranslation.objects.filter(data="x").exists()
    assert client.post(reverse("translation_segment", args=[10**6, segment.pk]), {"text": "x"}).status_code == 404


def lock(state):
    Page.objects.filter(pk=state.page_id).update(locked=True, locked_at=timezone.now())


def begin_workflow(state):
    page = state.page.specific
    page.get_workflow().start(page, User.objects.get(email="officer@example.org"))
    assert TaskState.objects.filter(status="in_progress").exists()


def stop(state):
    detach.detach(state)


@pytest.mark.parametrize("hold", [lock, begin_workflow, stop])
def test_nothing_is_written_while_the_page_is_locked_in_a_workflow_or_off_the_desk(sign_in, state, segment, hold):
    hold(state)
    client = sign_in("translator.en")

    client.post(passage(state, segment), {"text": "Title"})
    client.post(localize_url("upload_pofile", state.pk))

    assert not title_of(state).exists()


def test_an_officer_submits_an_original_and_nothing_goes_live(sign_in):
    article = ArticleFactory(body=desk.body("Un."))
    client = sign_in("officer")

    for _ in range(2):
        client.post(reverse("translation_submit", args=[article.pk]), {"publish_translations": "on"})

    state = TranslationState.objects.get(original=article.pk)
    assert (state.total, state.translated, state.page.live) == (3, 0, False)


def test_an_update_brings_new_segments_and_leaves_what_readers_see(sign_in):
    article = ArticleFactory(title="Titre", body=desk.body("Un."))
    state, page = desk.translated(article, NewsArticle(title="Title", summary="S.", body=desk.body("One.")))
    NewsArticle.objects.filter(pk=article.pk).update(title="Autre titre")

    sign_in("officer").post(reverse("translation_submit", args=[article.pk]), {"publish_translations": "on"})

    state.refresh_from_db()
    page.refresh_from_db()
    assert (state.missing, page.live, page.title) == (1, True, "Title")


@pytest.mark.parametrize("account", ["translator.fr", "translator.en"])
def test_a_translator_submits_nothing(sign_in, account):
    article = ArticleFactory()
    sign_in(account).post(reverse("translation_submit", args=[article.pk]))

    assert not TranslationState.objects.filter(original=article.pk).exists()


def test_a_translation_is_not_submitted(sign_in, state):
    before = TranslationState.objects.count()

    sign_in("officer").post(reverse("translation_submit", args=[state.page_id]))

    assert TranslationState.objects.count() == before


def test_a_draft_with_changes_is_not_the_text_to_translate_of_a_published_page(db):
    article = ArticleFactory(title="Titre")
    article.title = "Sous embargo"
    article.save_revision()

    assert submission.text_to_translate(NewsArticle.objects.get(pk=article.pk)).title == "Titre"


def test_the_preview_opens_for_those_who_may_edit_the_translation(sign_in, state):
    address = reverse("translation_preview", args=[state.pk])

    assert sign_in("translator.en").get(address).status_code == 200
    assert sign_in("translator.fr").get(address).status_code == 302


def test_another_picture_for_one_language_is_one_that_exists(sign_in):
    article = ArticleFactory(lead_picture=SiteImageFactory(), picture_alt="Une tente")
    state = desk.submit(article, "en")
    segment = state.translation.source.overridablesegment_set.get(context__path="lead_picture")
    other, address = SiteImageFactory(), reverse("wagtailadmin_pages:edit", args=[state.page_id])
    chosen = SegmentOverride.objects.filter(locale=state.locale, context=segment.context)

    def choose(account, value):
        return sign_in(account).post(address, {"action": "save", "own": "1", f"own-{segment.pk}": value})

    for wrong in (10**6, "x", '{"a": 1}'):
        assert choose("translator.en", wrong).status_code == 200  # the screen again, with what is wrong
    choose("translator.fr", other.pk)
    assert not chosen.exists()
    assert choose("translator.en", other.pk).status_code == 302
    assert chosen.get().data == other.pk
    choose("translator.en", "")
    assert not chosen.exists()


def test_localizes_report_redirects_to_the_desk(sign_in):
    assert sign_in("translator.en").get(localize_url("translations_report")).url == reverse("translation_desk")
