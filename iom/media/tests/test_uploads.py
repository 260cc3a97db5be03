"""Each way to upload pictures and documents: one, several at once, in a chooser, as a replacement."""

import json

import pytest
from django.urls import reverse
from django.utils.translation import gettext as word
from django.utils.translation import override
from wagtail.models import UploadedFile

from iom.media import renditions
from iom.media.models import SiteDocument, SiteImage
from iom.media.tests import odd_pictures, pictures
from iom.tests.html_forms import forms

REFUSED, TAKEN = dict(odd_pictures.refused()), dict(odd_pictures.taken())
PDF = b"%PDF-1.7 " + b"x" * 100
WRONG_DOCUMENTS = {"program.exe": PDF, "page.html": b"<script>", "no-extension": PDF, "empty.pdf": b""}
MAY, MAY_NOT = ("officer", "editor", "admin"), ("translator.fr", "translator.en")
WAYS = ("single", "multiple", "chooser")
MODELS = {"wagtailimages": SiteImage, "wagtaildocs": SiteDocument}

# Pillow warns of a picture that is refused here for its size.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")]


@pytest.fixture
def bring(sign_in):
    """`bring("officer", "single", "wagtailimages", name, data)`: what is stored, or None, and what the person reads."""

    def by(account, way, app, name, data, language="fr"):
        client, model = sign_in(account), MODELS[app]
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        before = list(model.objects.values_list("pk", flat=True))
        words = globals()[f"_{way}"](client, app, pictures.upload(data, name))
        return model.objects.exclude(pk__in=before).first(), words

    return by


def _single(client, app, file):
    address = reverse(f"{app}:add")
    return _answer(_submit(client, _html(client.get(address)), address, file))


def _multiple(client, app, file):
    """Uploads like the browser's script: the file first, then the form in the response."""
    answer = client.post(
        reverse(f"{app}:add_multiple"), {"files[]": file}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    told = json.loads(_html(answer))
    return _answer(_submit(client, told["form"], "")) if told["success"] else told["error_message"]


def _chooser(client, app, file):
    chooser = json.loads(_html(client.get(reverse(f"{app}_chooser:choose"))))
    return _answer(_submit(client, chooser["html"], "", file))


def _submit(client, html, address, file=None):
    """Submits the form on the page, with the file."""
    (form,) = [one for one in forms(html, address) if file is None or one.file_names]
    values = dict(form.values)
    if file is not None:
        (field,) = form.file_names
        title = field.removesuffix("file") + "title"
        values |= {field: file, title: values.get(title) if any(values.get(title, [""])) else "Report"}
    return client.post(form.action, values)


def _html(answer):
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def _answer(answer):
    """Returns the errors in the response; nothing if the file is stored."""
    assert answer.status_code in (200, 302), answer.content
    if answer.status_code == 302:
        return ""
    if answer["Content-Type"] != "application/json":
        return answer.content.decode()
    told = json.loads(answer.content)
    return told.get("html") or told.get("form") or told.get("htmlFragment") or ""


@pytest.mark.parametrize("app", MODELS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("account", MAY)
def test_users_with_permission_upload_by_every_way(bring, account, way, app):
    name, data = {"wagtailimages": ("a photo.jpg", pictures.encoded()), "wagtaildocs": ("a report.pdf", PDF)}[app]

    stored, words = bring(account, way, app, name, data)

    assert (stored.file.size, words) == (len(data), "")
    assert stored.uploaded_by_user.email == f"{account}@example.org"
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("app", MODELS)
@pytest.mark.parametrize("account", MAY_NOT)
def test_nobody_else_uploads_by_any_way(sign_in, account, app):
    client, before = sign_in(account), MODELS[app].objects.count()
    choose = client.get(reverse(f"{app}_chooser:choose"))
    for view in (f"{app}:add", f"{app}:add_multiple", f"{app}_chooser:create"):
        client.post(reverse(view), {"files[]": pictures.upload(PDF, "a.pdf"), "file": pictures.upload(PDF, "a.pdf")})

    assert not [form for form in forms(json.loads(choose.content)["html"]) if form.file_names]
    assert MODELS[app].objects.count() == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused_in_words(bring, way, name):
    stored, words = bring("officer", way, "wagtailimages", name, REFUSED[name])

    assert stored is None
    assert _says_why(words, "fr"), words


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", WRONG_DOCUMENTS)
def test_a_wrong_document_is_refused_in_words(bring, way, name):
    stored, words = bring("officer", way, "wagtaildocs", name, WRONG_DOCUMENTS[name])

    assert stored is None
    assert _says_why(words, "fr"), words


@pytest.mark.parametrize("way", WAYS)
def test_the_errors_are_in_the_users_language(bring, way):
    for language in ("fr", "en"):
        _stored, words = bring("officer", way, "wagtailimages", "cut.jpg", REFUSED["cut.jpg"], language)
        assert _says_why(words, language), words


def _says_why(words, language):
    """Whether the text has one of Django's or Wagtail's messages for a wrong file."""
    with override(language):
        messages = [
            word("The submitted file is empty."),
            word("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
            word("Not a supported image format. Supported formats: %(supported_formats)s.").split("%")[0],
            word("Not a valid .%(extension)s image. The extension does not match the file format (%(image_format)s)")
            .split("%(extension)s")[1]
            .split("%")[0],
            word("This file has too many pixels (%(num_pixels)s). Maximum pixels %(max_pixels_count)s.").split("%")[0],
            word("A side of this picture has more than %(most)s pixels. Make the picture smaller.").split("%")[0],
            word("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s.")
            .split("%(extension)s")[1]
            .split("%")[0],
        ]
    return any(message.replace("'", "&#x27;") in words or message in words for message in messages)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TAKEN)
def test_an_odd_picture_is_stored_without_metadata_and_rendered(bring, way, name):
    stored, words = bring("officer", way, "wagtailimages", name, TAKEN[name])

    assert words == ""
    with stored.file.storage.open(stored.file.name) as file:
        kept = file.read()
    assert name.startswith("moving") or (b"ACME" not in kept and b"nonsense" not in kept)
    assert renditions.prepare(stored)


@pytest.mark.parametrize("name", REFUSED)
def test_a_damaged_picture_does_not_take_anothers_place(bring, sign_in, name):
    stored, _words = bring("editor", "single", "wagtailimages", "good.jpg", pictures.encoded())
    address = reverse("wagtailimages:edit", args=[stored.pk])
    client = sign_in("editor")

    words = _answer(_submit(client, _html(client.get(address)), address, pictures.upload(REFUSED[name], name)))

    assert _says_why(words, "fr"), words
    assert SiteImage.objects.get(pk=stored.pk).file == stored.file


def test_a_documents_language_is_the_sites_own_until_it_is_chosen(bring, sign_in):
    stored, _words = bring("officer", "multiple", "wagtaildocs", "report.pdf", PDF)
    client, address = sign_in("officer"), reverse("wagtaildocs:edit", args=[stored.pk])
    (form,) = [form for form in forms(_html(client.get(address)), address) if "language" in form.values]

    client.post(form.action, form.values | {"language": "ar"})

    assert stored.language == "fr"
    assert SiteDocument.objects.get(pk=stored.pk).language == "ar"


def test_a_file_whose_form_must_be_filled_in_first_is_stored_then(sign_in):
    """The name is too long for a title, so the file waits and its form shows the error."""
    client = sign_in("officer")
    address, ajax = reverse("wagtaildocs:add_multiple"), {"X-Requested-With": "XMLHttpRequest"}
    data = {"files[]": pictures.upload(PDF, "report.pdf"), "title": "x" * 300}
    told = json.loads(client.post(address, data, headers=ajax).content)
    (form,) = forms(told["form"])
    (title,) = [name for name in form.values if name.endswith("-title")]

    too_long = json.loads(client.post(form.action, form.values | {title: "x" * 300}).content)
    stored = json.loads(client.post(form.action, form.values | {title: "Report"}).content)

    assert not too_long["success"]
    assert SiteDocument.objects.get(pk=stored["doc_id"]).title == "Report"
    assert not UploadedFile.objects.exists()
