"""Avatars in the admin: only colleagues see them."""

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from iom.media.tests import odd_pictures, pictures
from iom.tests.html_forms import forms

REFUSED, TAKEN = dict(odd_pictures.refused()), dict(odd_pictures.taken())
ACCOUNT = reverse("wagtailadmin_account")

# Pillow warns of a picture that is refused here for its size.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")]


def give(client, **values):
    (form,) = [form for form in forms(client.get(ACCOUNT).content, ACCOUNT) if "avatar-avatar" in form.file_names]
    return client.post(form.action, form.values | values)


def avatar(account="officer"):
    return UserProfile.objects.get(user__email=f"{account}@example.org").avatar


@pytest.mark.parametrize("size", [(40, 20), (900, 600)])
def test_only_colleagues_see_an_avatar(sign_in, visitor, size):
    client = sign_in("officer")
    data = pictures.encoded("JPEG", pictures.picture(size), exif=pictures.camera_data(6))

    give(client, **{"avatar-avatar": pictures.upload(data, "me.jpg")})

    address = avatar().url
    assert address in client.get(ACCOUNT).content.decode()
    answer = sign_in("translator.en").get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "private" in answer["Cache-Control"]
    seen = pictures.opened(answer.getvalue())
    assert b"ACME" not in answer.getvalue()
    assert seen.width < seen.height <= 400
    assert visitor.get(address).status_code == 404


def test_nothing_but_avatars_is_there(sign_in):
    client = sign_in("admin")
    stored = pictures.upload(pictures.encoded(), "me.jpg")
    give(client, **{"avatar-avatar": stored})
    name = avatar("admin").name.rpartition("/")[2]

    for wrong in (f"x{name}", "..", "../original_images/a.jpg", "%2e%2e/images/a.jpg", "a\0.jpg", "a.svg"):
        assert client.get(f"/media/avatar_images/{wrong}").status_code == 404


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused_in_words_and_the_old_one_stays(sign_in, name):
    client = sign_in("officer")
    give(client, **{"avatar-avatar": pictures.upload(pictures.encoded(), "me.jpg")})
    before = avatar().name

    answer = give(client, **{"avatar-avatar": pictures.upload(REFUSED[name], name)})

    assert 'id="avatar-errors"' in answer.content.decode()
    assert avatar().name == before
    assert avatar().storage.exists(before)


@pytest.mark.parametrize("name", TAKEN)
def test_an_odd_picture_is_taken(sign_in, name):
    give(sign_in("officer"), **{"avatar-avatar": pictures.upload(TAKEN[name], name)})

    assert sign_in("editor").get(avatar().url).status_code == 200


def test_a_narrow_picture_is_no_error(sign_in):
    data = pictures.encoded("PNG", Image.new("RGB", (1, 3000)))

    assert give(sign_in("officer"), **{"avatar-avatar": pictures.upload(data, "line.png")}).status_code in (200, 302)


def test_an_avatar_is_removed(sign_in):
    client = sign_in("officer")
    give(client, **{"avatar-avatar": pictures.upload(pictures.encoded(), "me.jpg")})
    old = avatar()

    give(client, **{"avatar-avatar-clear": "on"})

    assert not avatar()
    assert not old.storage.exists(old.name)


def test_other_settings_are_saved_without_it(sign_in):
    client = sign_in("officer")
    give(client, **{"avatar-avatar": pictures.upload(pictures.encoded(), "me.jpg")})
    before = avatar()
    before.storage.delete(before.name)

    assert give(client, **{"name_email-first_name": "Andrée"}).status_code == 302
    assert avatar().name == before.name
