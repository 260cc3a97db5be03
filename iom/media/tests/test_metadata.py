import pytest
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from iom.media.models import SiteImage
from iom.media.tests import pictures


def kept(image):
    """Returns the stored bytes of an upload."""
    with image.file.storage.open(image.file.name) as file:
        return file.read()


def upload(data, name="DSC0001.jpg"):
    """Uploads a picture through the editors' form."""
    form = get_image_form(SiteImage)(
        {"title": "Picture", "collection": Collection.get_first_root_node().pk},
        {"file": pictures.upload(data, name)},
    )
    assert form.is_valid(), form.errors
    return form.save()


def tells_nothing(data):
    image = pictures.opened(data)
    return len(image.getexif()) == 0 and b"ACME" not in data and b"Exif" not in data


@pytest.mark.parametrize("image_format", pictures.TYPES)
def test_place_and_device_are_removed_on_upload(db, image_format):
    data = pictures.encoded(image_format, exif=pictures.camera_data())
    assert not tells_nothing(data), "the test's own picture must tell something"

    image = upload(data, f"DSC0001.{pictures.TYPES[image_format]}")

    assert tells_nothing(kept(image))
    assert pictures.opened(kept(image)).format == image_format


def test_what_a_picture_editor_writes_is_removed_on_upload(db):
    jpeg = upload(pictures.encoded("JPEG", comment=b"ACME", xmp=b"<x:xmpmeta>ACME</x:xmpmeta>"))
    png = upload(pictures.encoded("PNG", pnginfo=pictures.png_text("XML:com.adobe.xmp", "<x>ACME</x>")), "a.png")
    webp = upload(pictures.encoded("WEBP", xmp=b"<x:xmpmeta>ACME</x:xmpmeta>"), "a.webp")

    assert all(tells_nothing(kept(image)) for image in (jpeg, png, webp))


@pytest.mark.parametrize("keyword", ["Author", "Source", "Comment", "Software"])
def test_names_and_devices_in_the_text_of_a_png_are_removed_on_upload(db, keyword):
    image = upload(pictures.encoded("PNG", pnginfo=pictures.png_text(keyword, "ACME")), "a.png")

    assert tells_nothing(kept(image))


def test_a_telephones_file_of_several_jpegs_does_not_tell_its_place(db):
    """Many telephones write a second picture (a preview, a depth map) into the same .jpg."""
    data = pictures.encoded("MPO", save_all=True, append_images=[pictures.picture()], exif=pictures.camera_data())

    image = upload(data)

    assert tells_nothing(kept(image))
    with image.get_rendition("width-20").file.open() as file:
        assert tells_nothing(file.read())


def test_a_picture_taken_upright_stands_upright_without_the_camera_saying_so(db):
    turned_right = 6  # the camera was held on its side: the red left half belongs on top
    image = upload(pictures.encoded("JPEG", exif=pictures.camera_data(turned_right), quality=95))

    upright = pictures.opened(kept(image))

    assert upright.size == (20, 40)
    assert (image.width, image.height) == (20, 40)
    red, _green, blue = upright.getpixel((10, 2))
    assert red > 200 > 50 > blue


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_the_colour_profile_is_kept(db, image_format):
    profile = pictures.colour_profile()
    data = pictures.encoded(image_format, exif=pictures.camera_data(), icc_profile=profile)

    image = upload(data, f"DSC0001.{pictures.TYPES[image_format]}")

    assert pictures.opened(kept(image)).info["icc_profile"] == profile


def test_removing_metadata_does_not_blur_a_jpeg(db):
    data = pictures.encoded("JPEG", exif=pictures.camera_data(), quality=60)

    image = upload(data)

    assert pictures.opened(kept(image)).quantization == pictures.opened(data).quantization


@pytest.mark.parametrize("image_format", pictures.TYPES)
def test_a_picture_without_metadata_is_kept_byte_for_byte(db, image_format):
    data = pictures.encoded(image_format)

    image = upload(data, f"DSC0001.{pictures.TYPES[image_format]}")

    assert kept(image) == data


def test_a_moving_picture_still_moves(db):
    data = pictures.encoded("GIF", save_all=True, append_images=[Image.new("RGB", (40, 20), "green")])

    image = upload(data, "moving.gif")

    assert kept(image) == data


def test_size_and_fingerprint_are_those_of_what_is_kept(db):
    image = upload(pictures.encoded("JPEG", exif=pictures.camera_data()))
    same_without = SiteImage(title="Same", file=pictures.upload(kept(image)))
    same_without.save()

    assert image.file_size == len(kept(image))
    assert image.file_hash == same_without.get_file_hash()


def test_saving_a_picture_again_leaves_its_file_alone(db):
    image = upload(pictures.encoded("JPEG", exif=pictures.camera_data()))
    name, data = image.file.name, kept(image)

    image.title = "Another title"
    image.save()

    assert (image.file.name, kept(image)) == (name, data)
