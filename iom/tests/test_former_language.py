"""If a language is removed from the settings, the site no longer shows it; its pages stay in the database."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from iom.tests import sitemap
from iom.tests.factories import ArticleFactory
from iom.tests.new_languages import publish_translation, settings_with
from iom.translation.models import Message, TranslationState
from iom.translation.workflow import submission
from iom.users.models import User

NEWS = "/fr/actualites/"
FEEDS = [f"{NEWS}{kind}/" for kind in ("rss", "atom", "json")]


@pytest.fixture
def site(db):
    """Adds Spanish to the settings, and yields a French article that is published in Spanish with its ancestors."""
    article = ArticleFactory(first_published_at=timezone.now(), title="Le zébu du fleuve")
    article.save_revision().publish()
    with settings_with("es"):
        call_command("add_language", "es", verbosity=0)
        locale = Locale.objects.get(language_code="es")
        for text in [*article.get_ancestors().filter(depth__gt=1), article]:
            publish_translation(submission.submit(text.specific, locale))
        yield article


@pytest.fixture
def article(site):
    """Removes Spanish from the settings, and yields the article of `site`."""
    Message.objects.all().delete()
    translator = User.objects.get(email="translator.en@example.org")
    translator.groups.set([Group.objects.get(name="Translators into Spanish")])
    with settings_without_spanish():
        yield site


def settings_without_spanish():
    found = [(code, name) for code, name in settings.LANGUAGES if code != "es"]
    names = ("LANGUAGES", "WAGTAIL_CONTENT_LANGUAGES", "WAGTAILADMIN_PERMITTED_LANGUAGES")
    return override_settings(**dict.fromkeys(names, found))


def public_contents(visitor, article):
    """Returns the content of the French addresses that readers and robots request."""
    with translation.override("fr"):
        search = reverse("search")
    spanish = article.get_translations().get(locale__language_code="es")
    word = spanish.title.split()[1]
    addresses = ["/fr/", NEWS, article.url_path, *FEEDS, "/news-sitemap.xml", "/robots.txt"]
    addresses += [search, f"{search}?q=fleuve", f"{search}?q={word}", "/fr/rien/", f"{NEWS}{spanish.slug}/"]
    return {address: visitor.get(address).content.decode() for address in addresses} | {
        "sitemap": sitemap.text(visitor)
    }


def addresses_naming_spanish(found):
    """Returns the addresses whose content names Spanish or a page in it."""
    return {
        address for address, text in found.items() if any(name in text for name in ("/es/", 'hreflang="es"', "es_"))
    }


def statuses(visitor, article):
    spanish = article.get_translations().get(locale__language_code="es")
    return [visitor.get(address).status_code for address in ("/es/", spanish.url_path)]


def test_public_pages_name_a_configured_language(site, visitor):
    everything = {"/fr/", NEWS, site.url_path, *FEEDS, "/news-sitemap.xml", "sitemap", "/fr/rien/"}
    assert everything <= addresses_naming_spanish(public_contents(visitor, site))
    assert statuses(visitor, site) == [200, 200]


def test_visitors_get_no_page_of_a_former_language(article, visitor):
    assert addresses_naming_spanish(public_contents(visitor, article)) == set()
    assert statuses(visitor, article) == [404, 404]
    assert visitor.get("/", headers={"accept-language": "es"}).headers["Location"] == "/fr/"


def test_no_text_is_submitted_for_translation_into_a_former_language(article, sign_in):
    another = ArticleFactory(live=False)
    another.save_revision().publish()
    answer = sign_in("officer").post(reverse("translation_submit", args=[another.pk]))

    assert answer.status_code == 302
    into = TranslationState.objects.filter(original=another.pk)
    assert list(into.values_list("locale__language_code", flat=True)) == ["en"]
    assert not Page.objects.filter(translation_key=another.translation_key, locale__language_code="es")
    assert not Message.objects.exists()


def test_the_desk_and_the_admin_lists_have_no_page_of_a_former_language(article, sign_in):
    officer = sign_in("officer")
    state = TranslationState.objects.get(original=article.pk, locale__language_code="es")
    desk = officer.get(f"{reverse('translation_desk')}?step=all")
    listed = officer.get(reverse("wagtailadmin_explore", args=[article.get_parent().pk]))
    spanish = officer.get(reverse("wagtailadmin_explore", args=[state.page.get_parent().pk]))

    assert desk.status_code == listed.status_code == spanish.status_code == 200
    articles = officer.get(reverse("newsroom_articles"))
    for answer in (desk, listed, articles):
        assert "Spanish" not in BeautifulSoup(answer.content, "html5lib").select_one("main").get_text()
    assert state not in desk.context["object_list"]
    assert officer.get(state.editor_address()).status_code == 200


def test_translations_of_originals_in_a_former_language_stay_public(site, visitor):
    newsroom = site.get_parent().get_translations().get(locale__language_code="es").specific
    spanish = ArticleFactory(parent=newsroom, locale=newsroom.locale, title="El cebú")
    spanish.save_revision().publish()
    french = publish_translation(submission.submit(spanish, Locale.objects.get(language_code="fr")))

    with settings_without_spanish():
        answer = visitor.get(french.url_path)

    assert answer.status_code == 200
    assert "/es/" not in answer.content.decode()
