"""The renditions of pictures in pages: who makes them, when, and when again."""

import logging

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from PIL import Image
from wagtail.images.forms import get_image_form

from iom.media import renditions
from iom.media.models import SiteImage
from iom.media.pictures import USES, VERSION, files_by_format
from iom.media.tests import pictures
from iom.publishing import jobs
from iom.publishing.models import Job


@pytest.fixture(autouse=True)
def _none_but_the_tests_own_waits(db):
    SiteImage.objects.update(prepared_for=VERSION)
    Job.objects.all().delete()


def new_image(data=None, name="DSC0001.jpg", **values):
    image = SiteImage(title="Picture", file=pictures.upload(data or pictures.encoded(), name), **values)
    image.save()
    return image


def prepare_waiting():
    """Runs the jobs as the scheduler does. Returns the number of prepared pictures."""
    jobs.enqueue_missing([renditions.JOB])
    return jobs.run(kinds=[renditions.JOB]).done


def again(image):
    return SiteImage.objects.get(pk=image.pk)


def edit(image, files=None, **changes):
    """Changes a picture as in the form of the admin."""
    form = get_image_form(SiteImage)
    bound = form({**form(instance=image).initial, "tags": "", **changes}, files or {}, instance=image)
    assert bound.is_valid(), bound.errors
    bound.save()


def opened(entry):
    with SiteImage._meta.get_field("file").storage.open(entry.name) as file:
        return pictures.opened(file.read())


def test_a_new_picture_waits_and_is_prepared_for_every_use_in_three_formats():
    image = new_image(pictures.encoded(image=pictures.picture((1700, 1100))))
    assert image.prepared_for == ""
    assert not image.renditions.exists()

    assert prepare_waiting() == 1

    image = again(image)
    assert image.prepared_for == VERSION
    for use in USES.values():
        found = files_by_format(image, use)
        assert list(found) == list(use.formats)
        for name, files in found.items():
            assert len(files) == len(use.filters)
            assert {(opened(file).format.lower(), opened(file).size) for file in files} == {
                (name, (file.width, file.height)) for file in files
            }
    assert len(image.rendition_map) == image.renditions.count()


def test_what_is_prepared_is_not_prepared_again():
    image = new_image()
    prepare_waiting()
    keys = set(image.renditions.values_list("pk", flat=True))

    assert prepare_waiting() == 0
    assert renditions.prepare(again(image))
    assert set(image.renditions.values_list("pk", flat=True)) == keys


def test_a_small_original_has_one_rendition_for_all_larger_widths():
    image = new_image(pictures.encoded(image=pictures.picture((600, 400))))
    prepare_waiting()

    image = again(image)
    assert [file.width for file in files_by_format(image, USES["lead"])["avif"]] == [480, 600]
    assert [file.width for file in files_by_format(image, USES["hero"])["avif"]] == [480, 600]
    assert "width-1600|format-avif" not in image.rendition_map


def test_a_crop_keeps_the_focal_point_in_it_and_another_focal_point_makes_another_crop():
    data = pictures.encoded(image=pictures.picture((800, 200)))  # red on the left, blue on the right
    focal = {"focal_point_x": 50, "focal_point_y": 100, "focal_point_width": 20, "focal_point_height": 20}
    image = new_image(data, **focal)
    prepare_waiting()
    red, _green, blue = opened(files_by_format(again(image), USES["portrait"])["jpeg"][0]).getpixel((50, 50))
    assert red > 200 > 50 > blue

    edit(again(image), focal_point_x=750)
    waiting = again(image)
    assert waiting.prepared_for == ""
    assert files_by_format(waiting, USES["portrait"]), "the former crop stands until the new one is there"
    prepare_waiting()

    red, _green, blue = opened(files_by_format(again(image), USES["portrait"])["jpeg"][0]).getpixel((50, 50))
    assert blue > 200 > 50 > red


def test_another_title_does_not_make_a_picture_wait():
    image = new_image()
    prepare_waiting()

    edit(again(image), title="Another title", rights="Of the photographer")

    image = again(image)
    assert (image.title, image.prepared_for) == ("Another title", VERSION)
    assert image.rendition_map


@pytest.mark.parametrize("way", ["form", "code"])
def test_another_file_leaves_nothing_of_the_former_one(way):
    image = new_image(pictures.encoded(image=Image.new("RGB", (800, 600), "red")))
    prepare_waiting()
    image = again(image)
    blue = pictures.upload(pictures.encoded(image=Image.new("RGB", (800, 600), "blue")), "other.jpg")
    if way == "form":
        edit(image, {"file": blue})
    else:
        image.file = blue
        image.save()

    image = again(image)
    assert (image.prepared_for, image.rendition_map) == ("", {})
    assert not image.renditions.exists()
    prepare_waiting()
    assert opened(files_by_format(again(image), USES["text"])["jpeg"][0]).getpixel((5, 5))[2] > 200


def test_renditions_of_a_file_that_has_been_replaced_meanwhile_are_deleted(monkeypatch):
    image = new_image()
    render_all = renditions._render_all

    def replaced_meanwhile(*args):
        files = render_all(*args)
        other = SiteImage.objects.get(pk=image.pk)
        other.file = pictures.upload(pictures.encoded("PNG"), "other.png")
        other.save()
        return files

    monkeypatch.setattr(renditions, "_render_all", replaced_meanwhile)
    assert not renditions.prepare(again(image))

    assert (again(image).prepared_for, again(image).rendition_map) == ("", {})
    assert not image.renditions.exists()


def test_a_copy_does_not_name_the_files_of_its_original():
    image = new_image()
    prepare_waiting()
    copy = again(image)
    copy.pk = None
    copy.save()

    assert (again(copy).prepared_for, again(copy).rendition_map) == ("", {})


def test_renditions_that_someone_deletes_are_made_again():
    image = new_image()
    prepare_waiting()
    image.renditions.all().delete()
    assert (again(image).prepared_for, again(image).rendition_map) == ("", {})

    assert prepare_waiting() == 1
    assert again(image).rendition_map


@pytest.mark.parametrize("trouble", ["no picture", "half a picture", "no file"])
def test_a_picture_that_cannot_be_read_is_logged_once_and_does_not_stop_the_others(trouble, caplog):
    older, broken, newer = new_image(), new_image(), new_image()
    storage, name = broken.file.storage, broken.file.name
    storage.delete(name)
    if trouble != "no file":
        half = pictures.encoded(image=pictures.picture((400, 200)))[:900]
        storage.save(name, ContentFile(half if trouble == "half a picture" else b"This is no picture."))

    with caplog.at_level(logging.ERROR, logger="iom.publishing"):
        assert prepare_waiting() == 2
        assert prepare_waiting() == 0

    assert len(caplog.records) == 1
    job = Job.objects.failed().get()
    assert (job.kind, job.key, job.attempts) == (renditions.JOB, str(broken.pk), 1)
    assert job.reason
    assert again(older).rendition_map
    assert again(newer).rendition_map
    assert not again(broken).rendition_map


def test_a_picture_that_failed_is_tried_again_on_request(capsys):
    image = new_image()
    with image.file.storage.open(image.file.name) as file:
        data = file.read()
    image.file.storage.delete(image.file.name)
    assert prepare_waiting() == 0
    image.file.storage.save(image.file.name, ContentFile(data))
    assert prepare_waiting() == 0

    call_command("pictures")

    assert again(image).prepared_for == VERSION
    assert "1 prepared" in capsys.readouterr().out
    assert not Job.objects.exists()


def test_a_version_with_other_uses_keeps_what_it_can_and_nothing_of_former_uses(django_capture_on_commit_callbacks):
    image = new_image()
    prepare_waiting()
    image.get_rendition("max-165x165")  # one of Wagtail's for the admin
    keys = set(image.renditions.values_list("pk", flat=True))
    former = image.get_rendition("width-30|format-webp")
    SiteImage.objects.filter(pk=image.pk).update(prepared_for="another version")

    with django_capture_on_commit_callbacks(execute=True):
        assert prepare_waiting() == 1
    assert again(image).prepared_for == VERSION
    assert set(image.renditions.values_list("pk", flat=True)) == keys
    assert not former.file.storage.exists(former.file.name)


def test_an_error_of_the_storage_leaves_the_picture_waiting(monkeypatch):
    image = new_image()

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    assert prepare_waiting() == 0
    assert again(image).prepared_for == ""
    job = Job.objects.get()
    assert "No space left on device" in job.reason
    assert job.at is not None, "it is tried again"


def test_where_something_shows_through_a_png_stands_for_the_jpeg():
    glass = Image.new("RGBA", (800, 600), (255, 0, 0, 0))
    image = new_image(pictures.encoded("PNG", glass), "a.png")
    prepare_waiting()

    image = again(image)
    assert list(files_by_format(image, USES["text"])) == ["avif", "webp", "png"]
    for file in (files[0] for files in files_by_format(image, USES["text"]).values()):
        assert opened(file).convert("RGBA").getpixel((5, 5))[3] == 0
    (card,) = files_by_format(image, USES["social"])["jpeg"]
    assert min(opened(card).getpixel((5, 5))) > 250, "on white, for programs that do not know transparency"


def test_an_alpha_channel_that_hides_nothing_makes_no_png():
    image = new_image(pictures.encoded("PNG", Image.new("RGBA", (800, 600), (255, 0, 0, 255))), "a.png")
    prepare_waiting()

    assert list(files_by_format(again(image), USES["text"])) == ["avif", "webp", "jpeg"]


@pytest.mark.parametrize(
    ("mode", "image_format"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("LA", "PNG"), ("P", "GIF")]
)
def test_every_kind_of_picture_is_rendered(mode, image_format):
    data = pictures.encoded(image_format, pictures.picture((300, 200)).convert(mode))
    new_image(data, f"a.{image_format.lower()}")

    assert prepare_waiting() == 1


@pytest.mark.parametrize("size", [(419, 421), (440, 433), (1, 1), (3000, 2), (2, 3000)])
def test_every_shape_of_picture_is_rendered(size):
    new_image(pictures.encoded(image=Image.new("RGB", size, "red")))

    assert prepare_waiting() == 1


def test_the_colours_of_a_wide_gamut_are_kept():
    profile = pictures.colour_profile()
    image = new_image(pictures.encoded(icc_profile=profile))
    prepare_waiting()

    by_format = files_by_format(again(image), USES["text"])
    assert list(by_format) == ["avif", "webp", "jpeg"]
    for files in by_format.values():
        assert opened(files[0]).info["icc_profile"] == profile
