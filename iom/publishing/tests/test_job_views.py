"""The report on background jobs."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from iom.media import renditions
from iom.publishing import jobs
from iom.publishing.models import Job
from iom.tests.factories import SiteImageFactory
from iom.users.models import User

WORDS = {
    "fr": ("Tâches de fond", "Préparer une image", "Échec", "Réessayer", "1 tâche a échoué", "En attente"),
    "en": ("Background jobs", "Prepare a picture", "Failed", "Try again", "1 job has failed", "Waiting"),
}


@pytest.fixture
def failed(db):
    """A picture whose file is lost."""
    Job.objects.all().delete()
    image = SiteImageFactory(title="Un fleuve")
    image.file.storage.delete(image.file.name)
    jobs.run(kinds=[renditions.JOB])
    return Job.objects.failed().get(key=image.pk)


@pytest.fixture
def administrator(sign_in):
    def in_language(language):
        user = User.objects.get(email="admin@example.org")
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        return sign_in("admin")

    return in_language


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", WORDS)
def test_what_has_failed_is_listed_with_its_object_and_the_reason(failed, administrator, language):
    title, kind, state, button, *_rest = WORDS[language]
    content = read(administrator(language), reverse("publishing_jobs"))
    (row,) = BeautifulSoup(content, "html.parser").select("main tbody tr")
    text = row.get_text(" ", strip=True)

    assert title in content
    for words in (kind, "Un fleuve", state, button, "FileNotFoundError"):
        assert words in text
    assert row.select_one("a")["href"] == reverse("wagtailimages:edit", args=[failed.key])
    assert [cell.get_text(strip=True) for cell in row.select("td")][2] == "1", "attempts"


@pytest.mark.parametrize("language", WORDS)
def test_what_waits_and_what_runs_are_listed_too(administrator, language):
    Job.objects.all().delete()
    jobs.enqueue(renditions.JOB, 1)
    jobs.enqueue("a kind of an earlier version", 2)
    jobs.enqueue(renditions.JOB, 3, at=timezone.now() + timedelta(days=1))
    jobs._claim(renditions.JOB)
    content = read(administrator(language), reverse("publishing_jobs"))

    assert len(BeautifulSoup(content, "html.parser").select("main tbody tr")) == 3
    assert WORDS[language][5] in content
    with translation.override(language):
        assert translation.gettext("Running") in content
    assert "a kind of an earlier version" in content


@pytest.mark.parametrize("language", WORDS)
def test_the_first_page_tells_administrators_that_something_has_failed(failed, administrator, sign_in, language):
    told = WORDS[language][4]
    assert told in read(administrator(language), reverse("wagtailadmin_home"))
    for account in ("officer", "editor", "translator.en"):
        assert reverse("publishing_jobs") not in read(sign_in(account), reverse("wagtailadmin_home"))

    Job.objects.all().delete()
    assert told not in read(administrator(language), reverse("wagtailadmin_home"))


def test_tried_again_it_is_done_once_the_cause_is_gone(failed, administrator):
    client = administrator("en")
    address = reverse("publishing_jobs_try_again", args=[failed.pk])
    assert client.get(address).status_code == 405
    assert jobs.run() == (0, 0)

    answer = client.post(address, follow=True)

    assert "tried again" in answer.content.decode()
    assert jobs.run(kinds=[renditions.JOB]) == (0, 1)
    assert Job.objects.failed().get().attempts == 1


def test_the_list_asks_once_for_each_kind_whatever_its_length(administrator, django_assert_max_num_queries):
    client = administrator("en")
    Job.objects.all().delete()
    jobs.enqueue(renditions.JOB, *(SiteImageFactory().pk for _ in range(3)))
    read(client, reverse("publishing_jobs"))
    with django_assert_max_num_queries(25) as few:
        read(client, reverse("publishing_jobs"))
    jobs.enqueue(renditions.JOB, *(SiteImageFactory().pk for _ in range(10)))
    with django_assert_max_num_queries(len(few)):
        read(client, reverse("publishing_jobs"))
