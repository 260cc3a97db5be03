"""The choosers list the latest pages and pictures first, and find pages by their text."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Collection

from iom.contacts.models import Office, OfficeStaff
from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory, SiteImageFactory

ARTICLES = {"page_type": "newsroom.newsarticle"}


def rows(answer):
    return [row.pk for row in answer.context["table"].data]


def test_articles_are_chosen_from_the_newsroom_of_the_users_language_the_latest_first(sign_in):
    older, latest = ArticleFactory(language="en"), ArticleFactory(language="en")
    older.save_revision()
    latest.save_revision()
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    answer = client.get(reverse("wagtailadmin_choose_page"), ARTICLES)

    assert rows(answer)[:3] == [at("/en/news/").pk, latest.pk, older.pk]


def test_the_pages_of_other_sections_keep_their_order(sign_in):
    home = at("/fr/")

    answer = sign_in("officer").get(reverse("wagtailadmin_choose_page_child", args=[home.pk]))

    assert rows(answer)[1:] == list(home.get_children().filter(alias_of=None).values_list("pk", flat=True))


def test_an_article_is_found_by_words_of_its_text(sign_in):
    article = ArticleFactory(body=[{"type": "heading", "value": "Un barrage hydroélectrique zélandais"}])
    article.save_revision().publish()

    answer = sign_in("officer").get(reverse("wagtailadmin_choose_page_search"), ARTICLES | {"q": "zélandais"})

    assert article.pk in rows(answer)


def test_pictures_of_ones_office_come_first_and_the_latest_of_them(sign_in):
    users = get_user_model().objects
    officer, editor = (users.get(email=f"{name}@example.org") for name in ("officer", "editor"))
    office = Office.objects.get(staff__user=officer)
    OfficeStaff.objects.update_or_create(user=editor, defaults={"office": office})
    own = [
        SiteImageFactory(collection=Collection.get_first_root_node(), uploaded_by_user=user)
        for user in (officer, editor)
    ]
    other = SiteImageFactory(collection=Collection.get_first_root_node())

    answer = sign_in("officer").get(reverse("wagtailimages_chooser:choose"))

    shown = [picture.pk for picture in answer.context["results"]]
    assert shown[:2] == [own[1].pk, own[0].pk]
    assert other.pk in shown
