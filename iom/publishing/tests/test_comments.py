"""Comments belong to drafts: a publication leaves them as they are."""

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Comment, Revision

from iom.tests.factories import ArticleFactory
from iom.users.models import User


def comment(article, text):
    officer = User.objects.get(email="officer@example.org")
    return Comment.objects.create(page=article, user=officer, text=text, contentpath="title")


def test_a_publication_keeps_what_was_commented_before_and_meanwhile(db):
    article = ArticleFactory()
    article.save_revision().publish()
    before = comment(article, "Which mission?")
    revision = article.save_revision()
    publication = PublishPageRevisionAction(Revision.objects.get(pk=revision.pk))
    meanwhile = comment(article, "Who says so?")

    publication.execute()

    assert set(Comment.objects.filter(page=article)) == {before, meanwhile}
