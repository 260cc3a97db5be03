"""A simple browser, which keeps cookies and sends the forms of pages."""

import re
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from iom.tests.html_forms import forms
from iom.tests.serving import PASSWORD


@dataclass
class Answer:
    status: int
    headers: Message
    content: bytes

    @property
    def text(self):
        return self.content.decode()


class Browser:
    def __init__(self):
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, url, data=None, **headers):
        """Requests an address, and follows redirects. With `data`, it sends a POST of a form."""
        body = encode_multipart(BOUNDARY, data) if data is not None else None
        headers |= {"Content-Type": MULTIPART_CONTENT} if data is not None else {}
        try:
            with self._opener.open(Request(url, body, headers), timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def submit(self, url, **values):
        """Sends the form at `url` that has fields with these names: `values` in them, the others unchanged."""
        found = self.get(url)
        names = lambda form: {one.get("name") for one in form.tag.find_all(["input", "select", "textarea"])}  # noqa: E731
        form = next(one for one in forms(found.text, url) if values.keys() <= names(one))
        server = re.match(r"https?://[^/]+", url)[0]
        action = form.action if "://" in form.action else server + form.action
        answer = self.get(action, form.values | values)
        assert answer.status == 200, (action, answer.status)
        return answer

    def sign_in(self, server, account):
        self.submit(f"{server}/fr/-/account/sign-in/", login=f"{account}@example.org", password=PASSWORD)
        assert self.get(f"{server}/admin/").status == 200
        return self
