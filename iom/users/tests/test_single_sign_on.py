"""Single sign-on, configured by settings only, with an OpenID Connect server on loopback."""

import json
import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from iom.tests import databases

KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _each in range(2))
# What a browser does, in a process with the settings: it asks for the form, follows it to the server and back.
SIGN_IN = """
import json, os
from urllib.request import build_opener, HTTPRedirectHandler, urlopen
from urllib.error import HTTPError
from django.core.management import call_command
from django.test import Client
from iom.users.models import User

call_command("migrate", verbosity=0)  # the tables of this sign-in
User.objects.create_user("officer@example.org", "a long enough password", is_superuser=True)

class Stay(HTTPRedirectHandler):
    def redirect_request(self, *args): return None

found = []
for person in json.loads(os.environ["PEOPLE"]):
    process = person.pop("process", "login")
    urlopen(os.environ["SSO_URL"] + "/next", json.dumps(person).encode())
    if process == "login":  # else the person before is still signed in
        client = Client(headers={"accept-language": "en", "host": "127.0.0.1"})
    form = client.get("/en/-/account/sign-in/").content.decode()
    answer = client.post("/-/sso/oidc/sso/login/?process=" + process)
    if answer.status_code == 302:
        try:
            build_opener(Stay).open(answer["Location"])
        except HTTPError as redirect:
            answer = client.get(redirect.headers["Location"], follow=True)
    admin = client.get("/admin/")
    found.append([form, admin.status_code, answer.content.decode(), User.objects.count(), admin.headers.get("Location")])
print(json.dumps(found))
"""


class Organization(BaseHTTPRequestHandler):
    """Signs in whoever comes, as `person`, whose `trick` is what somebody else would do in its place."""

    person = {}
    trick = ""

    def do_GET(self):
        here, asked = f"http://{self.headers['Host']}", urlsplit(self.path)
        if asked.path == "/authorize":
            query = parse_qs(asked.query)
            type(self).nonce, type(self).client = query.get("nonce", [""])[0], query["client_id"][0]
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri'][0]}?code=c&state={query['state'][0]}")
            self.end_headers()
        elif asked.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.answer({"keys": [key | {"kid": "k", "use": "sig", "alg": "RS256"}]})
        elif asked.path == "/person":
            self.answer(self.person | ({"sub": "another"} if self.trick == "subject" else {}))
        elif self.trick == "redirect" and asked.path != "/elsewhere":
            self.send_response(302)
            self.send_header("Location", f"{here}/elsewhere")
            self.end_headers()
        else:
            names = {"authorization": "authorize", "token": "token", "userinfo": "person"}
            issuer = "http://another.example" if self.trick == "issuer" else here
            self.answer(
                {"issuer": issuer, "jwks_uri": f"{here}/keys"}
                | {f"{name}_endpoint": f"{here}/{path}" for name, path in names.items()}
            )

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/next":
            type(self).person = json.loads(sent)
            type(self).trick = self.person.pop("trick", "")
            return self.answer({})
        now = time.time()
        claims = {"iss": f"http://{self.headers['Host']}", "aud": self.client, "iat": now, "exp": now + 60}
        signed = {"signature": (OTHER_KEY, "RS256"), "none": (None, "none"), "shared": ("s" * 64, "HS256")}
        key, algorithm = signed.get(self.trick, (KEY, "RS256"))
        token = jwt.encode(claims | self.person | {"nonce": self.nonce}, key, algorithm, headers={"kid": "k"})
        self.answer({"access_token": "a", "id_token": token, "token_type": "Bearer"})

    def answer(self, value):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *args):
        pass


OFFICER = {"sub": "1", "email": "officer@example.org", "email_verified": True, "amr": ["pwd", "mfa"]}


def signed_in(people, tmp_path):
    """What each of `people` is answered: the form, the status of the admin, the page, the accounts, where it leads."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Organization)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    given = {
        "DJANGO_SETTINGS_MODULE": "iom.settings.development",
        "REQUIRE_SECOND_FACTOR": "everybody",
        "SSO_URL": f"http://127.0.0.1:{server.server_port}",
        "SSO_NAME": "The organization",
        "SSO_CLIENT_ID": "site",
        "SSO_CLIENT_SECRET": "secret",
        "SSO_ACR": "two-factors",
        "PEOPLE": json.dumps(people),
    }
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", SIGN_IN]
    try:
        with databases.database(tmp_path / "site", databases.migrated()) as environment:
            said = subprocess.run(
                command, cwd=settings.BASE_DIR, env=environment | given, capture_output=True, text=True, timeout=600
            )
    finally:
        server.shutdown()
        server.server_close()
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout.splitlines()[-1])


@pytest.mark.one_database
def test_whoever_has_an_account_is_signed_in_by_the_organization(tmp_path):
    """Nobody else gets in, or gets an account; the second factor is the site's unless one was given there."""
    stranger, unverified, officer, by_class, without = signed_in(
        [
            OFFICER | {"sub": "2", "email": "stranger@example.org"},
            OFFICER | {"sub": "3", "email_verified": False},
            OFFICER,
            OFFICER | {"amr": [], "acr": "two-factors"},
            OFFICER | {"amr": ["pwd"], "acr": "one-factor"},
        ],
        tmp_path,
    )
    for form, admin, answer, accounts, _leads in (stranger, unverified):
        assert "Sign in with The organization" in re.sub(r"\s+", " ", form)
        assert (admin, accounts) == (302, 1)
        assert "You are not signed in" in answer
    assert officer[1] == by_class[1] == 200
    assert officer[3] == 1
    assert without[1] == 302
    assert "/security/" in without[4]


@pytest.mark.one_database
def test_an_account_whose_owner_is_signed_in_is_not_connected_with_another_person(tmp_path):
    """Who finds a computer that somebody has left does not get in by an own name afterwards."""
    stranger = OFFICER | {"sub": "2", "email": "stranger@example.org"}
    officer, connected, later = signed_in([OFFICER, stranger | {"process": "connect"}, stranger], tmp_path)
    assert officer[1] == 200
    assert "You are not signed in" in connected[2]
    assert later[1] == 302
    assert "You are not signed in" in later[2]


@pytest.mark.one_database
def test_nobody_speaks_for_the_organization(tmp_path):
    """Not even the server that is asked: the ID token is signed by its key, and nothing is redirected."""
    tricks = ["signature", "none", "shared", "issuer", "subject", "redirect"]
    found = signed_in([OFFICER | {"trick": trick} for trick in tricks], tmp_path)
    for trick, (_form, admin, answer, _accounts, leads) in zip(tricks, found, strict=True):
        assert (admin, "sign-in" in leads) == (302, True), (trick, leads, answer)
        assert "You are not signed in" in answer, (trick, answer)
