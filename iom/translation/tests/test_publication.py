"""No French words under /en/: half a translation is not published, and an alias is not served."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from iom.tests.factories import ArticleFactory
from iom.translation.fill import save_draft, submit
from newsroom.models import NewsArticle


@pytest.fixture
def begun(db):
    """A French article, and its English draft with no word translated yet."""
    original = ArticleFactory(title="Un pont rouvre", summary="Le pont rouvre lundi.", place="Suva")
    translation = submit(original, "en")
    translation.save_target(publish=False)
    return translation


def translate_all(translation):
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, locale=translation.target_locale, context=segment.context, data="Words"
        )


def publish(client, translation):
    page = translation.get_target_instance()
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)


def test_half_a_translation_is_refused_with_the_number_of_missing_passages(begun, sign_in):
    response = publish(sign_in("admin"), begun)
    assert "3" in [str(message) for message in response.context["messages"]][0]
    assert not begun.get_target_instance().live


def test_a_whole_translation_is_published(begun, sign_in, django_capture_on_commit_callbacks):
    translate_all(begun)
    with django_capture_on_commit_callbacks(execute=True):
        publish(sign_in("admin"), begun)
    target = begun.get_target_instance()
    assert target.live
    assert target.slug == "words"


def test_a_live_translation_stays_as_it_was_while_a_changed_original_is_not_translated(
    begun, sign_in, visitor, django_capture_on_commit_callbacks
):
    translate_all(begun)
    with django_capture_on_commit_callbacks(execute=True):
        publish(sign_in("admin"), begun)
    original = NewsArticle.objects.get(pk=begun.source.get_source_instance().pk)
    original.title = "Deux ponts rouvrent"
    original.save_revision().publish()
    begun.source.update_from_db()
    publish(sign_in("admin"), begun)
    target = begun.get_target_instance()
    assert (target.title, target.slug) == ("Words", "words")
    assert "Deux ponts" not in visitor.get(target.url).content.decode()


def test_an_alias_in_the_other_language_is_not_served(visitor):
    original = ArticleFactory()
    alias = original.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    NewsArticle.objects.filter(pk=alias.pk).update(live=True)
    assert visitor.get(alias.url_path).status_code == 404


def test_a_draft_of_a_whole_translation_needs_every_segment(begun):
    from wagtail_localize.models import MissingTranslationError

    with pytest.raises(MissingTranslationError):
        save_draft(begun)
