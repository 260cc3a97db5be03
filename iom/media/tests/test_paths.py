import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from iom.media.models import SiteDocument, SiteImage
from iom.media.tests import pictures

TOKEN = "[0-9a-f]{32}"


def new_image(name="Été à Genève.jpg"):
    image = SiteImage(title="Picture", file=pictures.upload(pictures.encoded(), name))
    image.save()
    return image


def new_document(name="Rapport annuel.PDF"):
    document = SiteDocument(title="Report", file=SimpleUploadedFile(name, b"%PDF-1.7"))
    document.save()
    return document


def test_the_address_of_an_original_cannot_be_guessed(db):
    first, second = new_image(), new_image()

    assert re.fullmatch(rf"original_images/{TOKEN}/[\w.-]+\.jpg", first.file.name)
    assert first.file.name != second.file.name


def test_the_address_of_a_rendition_cannot_be_guessed_from_another(db):
    image, same_again = new_image(), new_image()
    names = [image.get_rendition("width-10"), image.get_rendition("width-12"), same_again.get_rendition("width-10")]
    tokens = [re.fullmatch(rf"images/({TOKEN})/[\w.-]+", rendition.file.name)[1] for rendition in names]
    original = re.search(TOKEN, image.file.name)[0]

    assert len({*tokens, original}) == 4


def test_the_address_of_a_document_cannot_be_guessed_although_it_says_what_it_is(db):
    first, second = new_document(), new_document()

    assert re.fullmatch(rf"documents/rapport-annuel-{TOKEN}\.pdf", first.file.name)
    assert first.filename != second.filename
    assert first.url == f"/documents/{first.pk}/{first.filename}"


@pytest.mark.parametrize("name", ["تقرير.pdf", "!!!.pdf"])
def test_a_document_whose_name_has_no_latin_letter_has_an_address_too(db, name):
    assert re.fullmatch(rf"documents/[\w-]+-{TOKEN}\.pdf", new_document(name).file.name)


def test_a_very_long_file_name_is_shortened_and_keeps_its_type(db):
    image, document = new_image("x" * 240 + ".jpg"), new_document("y" * 240 + ".pdf")

    assert image.file.name.endswith("x.jpg")
    assert len(image.file.name) <= 100
    assert document.file.name.endswith(".pdf")
    assert len(document.file.name) <= 100
    assert len(image.get_rendition("fill-10x10|format-webp").file.name) <= 255


def test_the_same_size_asked_for_twice_is_made_once(db):
    image = new_image()

    assert image.get_rendition("width-10").pk == image.get_rendition("width-10").pk


def test_neither_title_nor_description_of_a_picture_becomes_its_alternative_text(db):
    image = new_image()
    image.title, image.description = "DSC0001", "Someone we must not name"
    image.save()

    assert image.default_alt_text == ""
    assert image.get_rendition("width-10").alt == ""
    assert 'alt=""' in image.get_rendition("width-10").img_tag()


def test_a_document_says_its_language_in_that_language(db):
    assert SiteDocument(language="ar").language_own_name == "العربية"
