"""The labels of browsers in the list of sessions."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from iom.users.models import User
from iom.users.tests.people import confirm, sign_in

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
BROWSERS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox on Windows",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Safari/537.36 Edg/140.0.0.0": "Edge on Windows",
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Mobile Safari/537.36": "Chrome on Android",
    f"{IPHONE} Version/18.5 Mobile/15E148 Safari/604.1": "Safari on iOS",
    "A <browser> on Windows": "A <browser> on Windows",
    "": "Unknown browser",
}


@pytest.mark.parametrize("sent", BROWSERS)
def test_browser_and_system_are_named_and_the_rest_stays(db, sent):
    client, _leads = sign_in("officer", client=Client(headers={"user-agent": sent}))
    with override("en"):
        own = client.get(reverse("usersessions_list"))
    screen = BeautifulSoup(own.content, "html.parser")
    (name,) = screen.select(".account-list strong")
    assert (name.text, name["title"]) == (BROWSERS[sent], sent)
    assert not screen.select(".account-list .account-help")  # 14 px: never a date


def test_administrators_read_the_same(db):
    sent = next(iter(BROWSERS))
    sign_in("officer", client=Client(headers={"user-agent": sent}))
    admin, _leads = sign_in("admin")
    confirm(admin)
    officer = User.objects.get(email="officer@example.org")
    page = admin.get(reverse("wagtailusers_users:security", args=[officer.pk]))
    (name,) = BeautifulSoup(page.content, "html.parser").select("#sessions-content [title]")
    assert (name.text, name["title"]) == ("Firefox sous Windows", sent)
