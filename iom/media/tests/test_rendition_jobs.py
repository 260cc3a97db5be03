"""When the job of a picture is enqueued, and in which order jobs run."""

import pytest

from iom.media import renditions
from iom.media.models import SiteImage
from iom.media.pictures import VERSION
from iom.media.tests.test_renditions import again, edit, new_image, prepare_waiting
from iom.publishing import jobs
from iom.publishing.models import Job


@pytest.fixture(autouse=True)
def _none_but_the_tests_own_waits(db):
    SiteImage.objects.update(prepared_for=VERSION)
    Job.objects.all().delete()


def test_a_new_file_and_another_focal_point_are_enqueued_and_nothing_else_is():
    image = new_image()
    assert Job.objects.get().key == str(image.pk)
    prepare_waiting()
    edit(again(image), title="Another title")
    assert not Job.objects.exists()
    edit(again(image), focal_point_x=5, focal_point_y=5, focal_point_width=5, focal_point_height=5)
    assert Job.objects.get().key == str(image.pk)


def test_a_picture_that_has_gone_is_nothing_to_prepare():
    image = new_image()
    image.delete()

    assert jobs.run(kinds=[renditions.JOB]) == (1, 0)


def test_the_latest_picture_comes_first(monkeypatch):
    images = [new_image() for _ in range(3)]
    prepared = []
    monkeypatch.setattr(renditions, "prepare", lambda image: prepared.append(image.pk))
    jobs.run(kinds=[renditions.JOB])

    assert prepared == [image.pk for image in reversed(images)]
