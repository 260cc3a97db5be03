"""wagtail-localize's own addresses: each asks the policy, or refuses."""

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import Page, TaskState
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.workflow import detach
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture
def state(db):
    return desk.submit(ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un.")), "en")


@pytest.fixture
def segment(state):
    return state.translation.source.stringsegment_set.get(context__path="title")


def localizes(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def put(client, address, **data):
    """As localize's editor sends it."""
    return client.put(address, data, content_type="application/json")


def title_of(state):
    return StringTranslation.objects.filter(locale=state.locale, context__path="title", translation_of__data="Titre")


def test_every_address_of_localize_is_answered_by_the_site(db):
    """Also one that a later version adds: it is refused until someone has decided."""
    (included,) = localize.register_admin_urls()
    for pattern in included.url_patterns:
        address = reverse(f"wagtail_localize:{pattern.name}", kwargs=dict.fromkeys(pattern.pattern.converters, "1"))
        assert get_resolver().resolve(address).namespaces == [], address  # those of localize have one


@pytest.mark.parametrize(
    "address",
    [
        ("submit_snippet_translation", "contacts", "office", "1"),
        ("snippets_api_listing", "contacts", "office"),
        ("snippets_api_detail", "contacts", "office", "1"),
        ("translations_report_results",),
    ],
)
def test_what_the_site_has_no_use_for_is_refused_to_everyone(sign_in, address):
    for account in ("officer", "editor", "admin", "translator.en"):
        assert sign_in(account).get(localizes(*address)).status_code == 302


@pytest.mark.parametrize("account", ["editor", "admin", "translator.en"])
@pytest.mark.parametrize("name", ["convert_to_alias", "machine_translate"])
def test_nobody_makes_an_alias_of_a_translation_or_lets_a_machine_translate(sign_in, state, name, account):
    number = state.page_id if name == "convert_to_alias" else state.pk
    assert sign_in(account).post(localizes(name, number)).status_code == 302
    state.page.refresh_from_db()
    assert state.page.alias_of_id is None
    assert Translation.objects.filter(pk=state.pk, enabled=True).exists()


def test_a_translator_writes_a_segment_of_the_own_language_alone(sign_in, state, segment):
    address = localizes("edit_string_translation", state.pk, segment.pk)

    assert put(sign_in("translator.fr"), address, value="Title").status_code == 302
    assert not title_of(state).exists()
    assert put(sign_in("translator.en"), address, value="Title").status_code == 200
    assert title_of(state).get().data == "Title"
    state.refresh_from_db()
    assert state.translated == 1


def test_a_segment_of_another_text_or_without_words_is_refused_in_words(sign_in, state):
    other = desk.submit(ArticleFactory(), "en").translation.source.stringsegment_set.first()
    mine = state.translation.source.stringsegment_set.first()
    client = sign_in("translator.en")

    assert put(client, localizes("edit_string_translation", state.pk, other.pk), value="x").status_code == 404
    assert put(client, localizes("edit_string_translation", state.pk, mine.pk)).status_code == 400
    assert put(client, localizes("edit_string_translation", 10**6, mine.pk), value="x").status_code == 404


def lock(state):
    Page.objects.filter(pk=state.page_id).update(locked=True, locked_at=timezone.now())


def begin_workflow(state):
    page = state.page.specific
    page.get_workflow().start(page, User.objects.get(email="officer@example.org"))
    assert TaskState.objects.filter(status="in_progress").exists()


def stop(state):
    detach.stop(state)


@pytest.mark.parametrize("hold", [lock, begin_workflow, stop])
def test_nothing_is_written_while_the_page_is_locked_in_a_workflow_or_off_the_desk(sign_in, state, segment, hold):
    hold(state)
    client = sign_in("translator.en")

    put(client, localizes("edit_string_translation", state.pk, segment.pk), value="Title")
    client.post(localizes("upload_pofile", state.pk))

    assert not title_of(state).exists()


def test_an_officer_submits_an_original_and_nothing_goes_live(sign_in):
    article = ArticleFactory(body=desk.body("Un."))
    client = sign_in("officer")

    client.post(localizes("submit_page_translation", article.pk), {"publish_translations": "on"})
    source = TranslationState.objects.get(original=article.pk).translation.source
    client.post(localizes("update_translations", source.pk), {"publish_translations": "on"})

    state = TranslationState.objects.get(original=article.pk)
    assert (state.total, state.translated, state.page.live) == (3, 0, False)


def test_an_update_brings_new_segments_and_leaves_what_readers_see(sign_in):
    article = ArticleFactory(title="Titre", body=desk.body("Un."))
    state, page = desk.translated(article, NewsArticle(title="Title", summary="S.", body=desk.body("One.")))
    NewsArticle.objects.filter(pk=article.pk).update(title="Autre titre")

    sign_in("officer").post(
        localizes("update_translations", state.translation.source_id), {"publish_translations": "on"}
    )

    state.refresh_from_db()
    page.refresh_from_db()
    assert (state.missing, page.live, page.title) == (1, True, "Title")


@pytest.mark.parametrize("account", ["translator.fr", "translator.en"])
def test_a_translator_submits_nothing(sign_in, account):
    article = ArticleFactory()
    sign_in(account).post(localizes("submit_page_translation", article.pk))

    assert not TranslationState.objects.filter(original=article.pk).exists()


def test_a_translation_or_a_whole_branch_is_not_submitted(sign_in, state):
    client = sign_in("officer")
    section = Page.objects.get(url_path="/fr/actualites/")
    before = TranslationState.objects.count()

    client.post(localizes("submit_page_translation", state.page_id))
    client.post(localizes("submit_page_translation", section.pk), {"include_subtree": "on"})

    assert TranslationState.objects.count() == before


def test_a_draft_with_changes_is_not_what_translators_of_a_published_text_get(sign_in):
    article = ArticleFactory(title="Titre")
    article.title = "Sous embargo"
    article.save_revision()

    sign_in("officer").post(localizes("submit_page_translation", article.pk))

    state = TranslationState.objects.get(original=article.pk)
    assert state.translation.source.as_instance().title == "Titre"


def test_the_preview_opens_for_those_who_may_edit_the_translation(sign_in, state):
    address = localizes("preview_translation", state.pk)

    assert sign_in("translator.en").get(address).status_code == 200
    assert sign_in("translator.fr").get(address).status_code == 302


def test_another_picture_for_one_language_is_one_that_exists(sign_in):
    article = ArticleFactory(lead_picture=SiteImageFactory(), picture_alt="Une tente")
    state = desk.submit(article, "en")
    segment = state.translation.source.overridablesegment_set.get(context__path="lead_picture")
    other, address = SiteImageFactory(), localizes("edit_override", state.pk, segment.pk)
    chosen = SegmentOverride.objects.filter(locale=state.locale, context=segment.context)

    for wrong in (10**6, "x", None, {"a": 1}):
        assert put(sign_in("translator.en"), address, value=wrong).status_code == 400
    put(sign_in("translator.fr"), address, value=other.pk)
    assert not chosen.exists()
    assert put(sign_in("translator.en"), address, value=other.pk).status_code == 200
    assert chosen.get().data == other.pk
    sign_in("translator.en").delete(address)
    assert not chosen.exists()


def test_the_report_is_the_desks(sign_in):
    assert sign_in("translator.en").get(localizes("translations_report")).url == reverse("translation_desk")
