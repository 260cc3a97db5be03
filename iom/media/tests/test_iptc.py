"""Picture files contain credit, rights and captions as IPTC photo metadata."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image, IptcImagePlugin

from iom.media import iptc, renditions
from iom.media.pictures import CREDITED_FILTERS, USES, files_by_format
from iom.media.tests import pictures
from iom.media.tests.test_renditions import (
    _none_but_the_tests_own_waits,  # noqa: F401  (a fixture)
    again,
    edit,
    new_image,
    opened,
    prepare_waiting,
)

pytestmark = pytest.mark.django_db
CREDIT = "© OIM/Ana “R” <Ruiz>"
INSTRUCTIONS, CREDIT_LINE, COPYRIGHT, CAPTION = (2, 40), (2, 110), (2, 116), (2, 120)  # IPTC-IIM 4.2


def xmp_texts(image):
    """Returns the texts in the XMP packet of an opened picture, by element and language."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = packet if isinstance(packet, str) else packet.decode()
    root = ElementTree.fromstring(packet.partition("?>")[2].rpartition("<?")[0])  # noqa: S314  (our own)
    found = {}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        found |= {key.rpartition("}")[2]: value for key, value in element.attrib.items() if key.endswith("}Credit")}
        for item in element.findall("./{*}Alt/{*}li"):
            found[name, item.attrib["{http://www.w3.org/XML/1998/namespace}lang"]] = item.text
    return found


def iim_fields(image):
    """Returns the texts in the IPTC-IIM of an opened JPEG, by field number."""
    return {key: value.decode() for key, value in IptcImagePlugin.getiptcinfo(image).items() if key[0] == 2}


def with_segment(segment):
    output = BytesIO()
    pictures.picture((6, 4)).save(output, "JPEG", extra=segment)
    return Image.open(output)


@pytest.fixture
def image():
    made = new_image(pictures.encoded(image=pictures.picture((1700, 1100))), credit=CREDIT, for_press=True)
    prepare_waiting()
    return again(made)


@pytest.mark.parametrize("format_", ["avif", "webp", "jpeg"])
def test_each_file_of_the_whole_picture_has_credit_and_rights_in_every_language(image, format_):
    uses = ("lead", "text", "social") if format_ == "jpeg" else ("lead", "text")
    for use in uses:
        files = files_by_format(image, USES[use])[format_]
        assert files
        for file in files:
            texts = xmp_texts(opened(file))
            assert texts["Credit"] == texts["rights", "x-default"] == CREDIT
            assert texts["UsageTerms", "fr"] == "Réutilisation autorisée pour la presse"
            assert texts["UsageTerms", "en"] == "May be reused by the press"
            assert format_ != "jpeg" or iim_fields(opened(file))[CREDIT_LINE] == CREDIT


def test_small_files_of_lists_have_no_metadata(image):
    for use in ("row", "thumbnail", "portrait"):
        by_format = files_by_format(image, USES[use])
        assert by_format
        for files in by_format.values():
            assert all("xmp" not in opened(file).info for file in files)


def test_the_packet_is_smaller_than_a_kilobyte(image):
    assert len(iptc.xmp_packet(image)) < 1024


@pytest.mark.parametrize("change", [{"credit": "© OIM/Autre"}, {"for_press": False}])
def test_another_credit_or_right_is_in_new_files_and_the_old_are_gone(
    image, change, django_capture_on_commit_callbacks
):
    before = {name: entry[0] for name, entry in image.rendition_map.items()}
    edit(image, **change)
    assert again(image).rendition_map  # shown meanwhile
    with django_capture_on_commit_callbacks(execute=True):
        assert prepare_waiting() == 1
    now = again(image)
    (file,) = files_by_format(now, USES["social"])["jpeg"]
    texts = xmp_texts(opened(file))
    assert texts["Credit"] == now.credit
    assert (texts["UsageTerms", "en"] == "May not be reused") is (not now.for_press)
    storage = now.file.storage
    for name, entry in now.rendition_map.items():
        is_credited = name.partition("|")[0] in CREDITED_FILTERS
        assert (entry[0] != before[name]) is is_credited
        assert storage.exists(before[name]) is not is_credited


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
@pytest.mark.parametrize("jfif", [True, False])
def test_an_original_gets_a_caption_and_keeps_every_pixel(image, format_, jfif):
    source = BytesIO()
    pictures.picture((60, 40)).save(source, format_)
    data = source.getvalue()
    if format_ == "JPEG" and not jfif:
        data = data[:2] + data[20:]  # without APP0
    file = BytesIO(data)
    captions = {"fr": "Au bord du fleuve", "en": "By the river"}
    written = iptc.header_with_metadata(file, image, captions) + file.read()
    result, original = Image.open(BytesIO(written)), Image.open(BytesIO(data))
    result.load()
    assert result.tobytes() == original.tobytes()
    texts = xmp_texts(result)
    assert texts["description", "x-default"] == texts["description", "fr"] == "Au bord du fleuve"
    assert texts["description", "en"] == "By the river"
    if format_ == "JPEG":
        assert iim_fields(result) == {
            CAPTION: "Au bord du fleuve",
            CREDIT_LINE: CREDIT,
            COPYRIGHT: CREDIT,
            INSTRUCTIONS: "Réutilisation autorisée pour la presse / May be reused by the press",
        }


def test_what_is_longer_than_a_field_of_iptc_is_cut_between_letters(image):
    image.credit = "é" * 100
    found = IptcImagePlugin.getiptcinfo(with_segment(iptc.iim_segment(image, {"fr": "œ" * 1500})))
    assert found[CREDIT_LINE].decode() == "é" * 16
    assert found[COPYRIGHT].decode() == "é" * 64
    assert found[CAPTION].decode() == "œ" * 1000


@pytest.mark.parametrize("format_", ["AVIF", "GIF", "WEBP"])
def test_an_original_that_newsrooms_cannot_open_becomes_a_jpeg_with_metadata(format_):
    made = new_image(pictures.encoded(format_, pictures.picture((300, 200))), credit=CREDIT)
    written = renditions.jpeg_with_metadata(made, {"fr": "Au bord du fleuve"})
    result = Image.open(BytesIO(written))
    assert (result.format, result.size) == ("JPEG", (300, 200))
    assert xmp_texts(result)["description", "fr"] == iim_fields(result)[CAPTION] == "Au bord du fleuve"
