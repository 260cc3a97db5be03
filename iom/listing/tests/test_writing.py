"""The listing agrees with `visible()` after each event of pages, and can be rebuilt."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pyroaring import BitMap
from wagtail.models import Locale, Page

from iom.listing import checking, writing
from iom.listing.models import Entry, EntryFacet, FacetBitmap
from iom.listing.reading import shown
from iom.listing.receivers import next_expiry
from iom.listing.tests.listed_articles import articles, keys
from iom.navigation.tests.pairs import at, pair, restrict
from iom.navigation.visibility import visible
from iom.publishing import deleted_pages
from iom.publishing.models import DeletedPage
from iom.tests.factories import ArticleFactory, TopicFactory
from iom.translation.models import TranslationState
from iom.translation.workflow.detach import detach
from newsroom.models import ArticleCountry, ArticleTopic


def is_listed(page):
    return shown().filter(pk=page.pk).exists()


@pytest.fixture(autouse=True)
def _agrees_in_the_end(db):
    yield
    assert list(checking.differences()) == []


def test_the_demonstration_is_listed(db):
    assert set(shown().values_list("pk", flat=True)) == set(
        visible(Page.objects.filter(depth__gt=1)).values_list("pk", flat=True)
    )


def test_a_publication_and_its_end_are_listed_at_once(db):
    article = ArticleFactory(live=False)
    assert not is_listed(article)

    article.title = "Un titre"
    article.save_revision().publish()
    assert Entry.objects.get(pk=article.pk).title == "Un titre"

    article.refresh_from_db()
    article.unpublish()
    assert not is_listed(article)


def test_a_draft_of_a_live_page_changes_nothing(db):
    article = ArticleFactory(title="Publié")
    article.title = "Brouillon"
    article.save_revision()

    assert Entry.objects.get(pk=article.pk).title == "Publié"


def test_both_languages_leave_the_lists_where_one_becomes_private(db):
    original, translation = pair()
    restriction = restrict(translation)
    assert not is_listed(original)
    assert not is_listed(translation)

    restriction.delete()
    assert is_listed(original)
    assert is_listed(translation)


def test_a_private_section_takes_everything_below_it_along(db):
    restriction = restrict(at("/en/news/"))
    assert articles(at("/fr/").locale).count() == articles(at("/en/").locale).count() == 0

    restriction.delete()
    assert articles(at("/fr/").locale).count() > 0


def test_a_translation_that_stands_elsewhere_takes_its_original_along(db):
    original = at("/fr/notre-travail/partenariats/")
    translation, section = (page.get_translations().get() for page in (original, at("/fr/agir/")))
    detach(TranslationState.objects.get(page=translation))
    translation.move(section, pos="last-child")

    restriction = restrict(section)
    assert list(checking.differences()) == []
    original.refresh_from_db()
    original.save_revision().publish()
    assert not is_listed(original)

    restriction.delete()
    assert is_listed(original)


def test_articles_are_listed_without_a_topic_that_has_been_deleted(db):
    article, topic = ArticleFactory(), TopicFactory()
    article.topics = [ArticleTopic(topic=topic)]
    article.save_revision().publish()
    assert article.pk in articles(article.locale, topic=[str(topic.pk)]).pages

    topic.delete()
    assert list(checking.differences()) == []
    assert is_listed(article)


def test_a_moved_section_is_listed_at_its_new_address_with_all_below(db):
    section = at("/fr/notre-travail/")
    below = Page.objects.descendant_of(section).values_list("pk", flat=True)
    pages = [section.pk, *below]
    section.move(at("/fr/agir/"), pos="last-child")

    assert len(pages) > 2
    for page in pages:
        assert Entry.objects.get(pk=page).url_path.startswith("/fr/agir/notre-travail/")


def test_pages_below_a_section_that_is_offline_are_listed_at_its_new_address(db):
    section, below = at("/fr/notre-travail/"), at("/fr/notre-travail/partenariats/")
    section.unpublish()
    section.slug = "action"
    section.save()  # as the editor saves the draft of a page that is offline

    assert Entry.objects.get(pk=below.pk).url_path == "/fr/action/partenariats/"


def test_a_page_that_is_moved_up_is_listed_so(db):
    page = at("/fr/notre-travail/partenariats/")
    page.move(at("/fr/"), pos="last-child")
    assert Entry.objects.get(pk=page.pk).depth == at("/fr/").depth + 1


def test_a_page_that_is_moved_below_a_private_one_is_not_listed_until_it_is_moved_back(db):
    page, above = at("/fr/notre-travail/partenariats/"), at("/fr/notre-travail/")
    restrict(at("/fr/agir/"))
    page.move(at("/fr/agir/"), pos="last-child")
    assert list(checking.differences()) == []
    assert not is_listed(page)
    at("/fr/agir/partenariats/").move(above, pos="last-child")
    assert is_listed(page)


def test_what_is_deleted_is_counted_no_more(db):
    article = ArticleFactory()
    article.countries = [ArticleCountry(country="JP")]
    article.save()
    assert keys(articles(article.locale, country=["JP"])) == [article.pk]

    article.delete()
    assert articles(article.locale, country=["JP"]).count() == 0


def test_a_private_page_that_is_deleted_is_not_listed_again(db):
    """Its restriction is deleted first, which leaves the page public for a moment."""
    article = ArticleFactory()
    restrict(article)
    pk = article.pk
    article.delete()

    assert not Entry.objects.filter(pk=pk).exists()


def test_the_translation_of_a_private_page_is_listed_when_that_has_been_deleted(db):
    original, translation = pair()
    restrict(original)
    assert not is_listed(translation)

    original.delete()
    assert is_listed(translation)


def test_the_original_of_a_private_translation_is_private_again_when_that_is_restored(db):
    original, translation = pair()
    restrict(translation)
    translation.delete()
    assert is_listed(original)

    deleted_pages.restore(DeletedPage.objects.get())
    assert not Entry.objects.filter(pk=original.pk).exists()


def test_an_expiry_that_is_saved_alone_is_known_before_it_has_passed(db):
    article = ArticleFactory()
    article.expire_at = timezone.now() + timedelta(minutes=1)
    article.save(update_fields=["expire_at"])

    assert next_expiry(timezone.now()) == article.expire_at


def test_another_country_and_another_date_move_an_article_to_other_lists(db):
    article = ArticleFactory()
    article.countries = [ArticleCountry(country="JP")]
    article.save_revision().publish()
    article.refresh_from_db()
    article.countries = [ArticleCountry(country="KE")]
    article.date = timezone.make_aware(timezone.datetime(2019, 5, 1, 12))
    article.save_revision().publish()

    assert articles(article.locale, country=["JP"]).count() == 0
    assert keys(articles(article.locale, country=["KE"], region=["africa"], year=["2019"])) == [article.pk]


def test_a_correction_of_a_text_writes_the_entry_and_what_is_searched_and_nothing_else(
    db, django_assert_max_num_queries
):
    article = ArticleFactory()
    article.written_child_rows = {name: [] for name in article.listed_relations}
    # Whether it is listable with its facets, the entry; the document deleted and written, its words
    with django_assert_max_num_queries(5):
        writing.refresh([article.pk], loaded=[article])


def test_the_check_names_what_differs_and_a_rebuild_puts_it_right(db, capsys):
    first, second, third, fourth = (ArticleFactory() for _ in range(4))
    call_command("listing", "--check")
    Entry.objects.filter(pk=first.pk).update(title="Un autre")
    Entry.objects.filter(pk=second.pk).delete()
    EntryFacet.objects.filter(entry=third.pk, facet="kind").delete()
    Page.objects.filter(pk=fourth.pk).update(live=False)
    row = FacetBitmap.objects.get(locale=first.locale, facet="scope", value="global")
    row.pages = row.pages - BitMap([first.pk])
    row.save()
    FacetBitmap.objects.filter(locale=first.locale, facet="kind", value="story").update(count=0)
    FacetBitmap.objects.create(locale=first.locale, facet="topic", value="0", data=BitMap().serialize())

    with pytest.raises(CommandError, match="differences"):
        call_command("listing", "--check")
    said = capsys.readouterr().out
    for page, what in [
        (first, ": title is 'Un autre'"),
        (second, " is not listed"),
        (third, " is listed with other facets"),
        (fourth, " is listed."),
    ]:
        assert f"Page {page.pk}{what}" in said
    assert "scope=global counts other pages." in said
    assert "kind=story counts other pages." in said

    call_command("listing", "--rebuild")
    call_command("listing", "--check")
    assert not FacetBitmap.objects.filter(count=0).exists()


def test_every_page_stays_listed_during_a_rebuild(db, monkeypatch):
    def numbers():
        return shown().count(), *(articles(locale).count() for locale in Locale.objects.all())

    def build_row(page):
        found.add(numbers())
        return build(page)

    found, build = set(), writing.build_row
    monkeypatch.setattr(writing, "build_row", build_row)
    before = numbers()
    writing.rebuild()

    assert found == {before}


def test_a_migrated_site_without_a_listing_gets_it(db):
    number = Entry.objects.count()
    Entry.objects.all().delete()
    FacetBitmap.objects.all().delete()
    call_command("migrate", verbosity=0)

    assert Entry.objects.count() == number


def test_the_bitmaps_are_locked_without_their_languages():
    """On PostgreSQL, every write of a page would wait for the lock of its locale, and could deadlock."""
    assert "wagtailcore_locale" not in str(writing._lock_in_order(FacetBitmap.objects.all()).query)
