"""A picture that cannot be stored: the screen says so, and what to do."""

import errno

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from iom.media.tests.pictures import encoded

ADDRESS = "/admin/images/multiple/add/"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Le fichier n’a pas été enregistré. Réessayez"), ("en", "The file was not saved. Try again")],
)
def test_a_picture_on_a_full_disk_answers_503_and_the_screen_has_the_words(sign_in, monkeypatch, language, words):
    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)
    client = sign_in("officer")
    client.raise_request_exception = False
    screen = client.get(ADDRESS, headers={"accept-language": language})
    sent = {"files[]": SimpleUploadedFile("a.jpg", encoded()), "title": "x"}
    answer = client.post(ADDRESS, sent, headers={"x-requested-with": "XMLHttpRequest"})

    assert (answer.status_code, answer.get("Retry-After")) == (503, "30")
    assert words in BeautifulSoup(screen.content, "html.parser").select_one("#upload-list-item").decode()
