"""No way of publishing makes a withdrawn text public. Only restoring does."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from iom.publishing.tests.ways import UPDATES
from iom.tests.factories import ArticleFactory
from iom.users.models import User
from iom.withdrawal import withdrawing
from iom.withdrawal.models import Withdrawal
from newsroom.models import NewsArticle


@pytest.mark.parametrize("kind", ["public", "protection"])
@pytest.mark.parametrize("way", UPDATES, ids=lambda way: way.__name__)
def test_a_withdrawn_text_does_not_become_public(db, sign_in, visitor, way, kind):
    page = ArticleFactory(title="Withdrawn")
    page.save_revision(user=User.objects.get(email="officer@example.org"))
    withdrawing.withdraw(page, None, kind, {"fr": "Faux."})
    page = NewsArticle.objects.get(pk=page.pk)
    page.live = True  # as in the object that somebody has had open since before
    with suppress(PermissionDenied, ValidationError):
        way(page, sign_in)

    assert not NewsArticle.objects.get(pk=page.pk).live
    assert visitor.get(page.url).status_code == 410
    withdrawing.restore(Withdrawal.objects.get(), None)
    assert visitor.get(page.url).status_code == 200


def test_a_schedule_ends_with_the_withdrawal_and_its_time_is_forgotten(db, sign_in):
    page = ArticleFactory()
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision().publish()
    assert NewsArticle.objects.get(pk=page.pk).scheduled_revision

    withdrawing.withdraw(page, None, "public", {"fr": "Faux."})

    assert NewsArticle.objects.get(pk=page.pk).scheduled_revision is None
    withdrawing.restore(Withdrawal.objects.get(), None)
    form = sign_in("officer").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert form["go_live_at"].value() is None


def test_with_its_translation_a_text_with_a_schedule_is_withdrawn(db):
    page = ArticleFactory(language="fr")
    translation = ArticleFactory(language="en", translation_key=page.translation_key)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision().publish()
    assert NewsArticle.objects.get(pk=page.pk).scheduled_revision

    withdrawing.withdraw(translation, None, "public", {"fr": "Faux."})

    assert NewsArticle.objects.get(pk=page.pk).scheduled_revision is None
