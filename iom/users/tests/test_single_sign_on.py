"""The organization's own sign-in, by settings alone, with a server that speaks OpenID Connect on loopback."""

import json
import os
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

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
# What a browser does, in a process with the settings: it asks for the form, follows it to the server and back.
SIGN_IN = """
import json, os
from urllib.request import build_opener, HTTPRedirectHandler, urlopen
from urllib.error import HTTPError
from django.core.management import call_command
from django.test import Client
from iom.users.models import User

call_command("migrate", verbosity=0)
User.objects.create_user("officer@example.org", "a long enough password", is_superuser=True)

class Stay(HTTPRedirectHandler):
    def redirect_request(self, *args): return None

found = []
for person in json.loads(os.environ["PEOPLE"]):
    urlopen(os.environ["SSO_URL"] + "/next", json.dumps(person).encode())
    client = Client(headers={"accept-language": "en", "host": "127.0.0.1"})
    form = client.get("/en/-/account/sign-in/").content.decode()
    asked = client.post("/-/sso/oidc/sso/login/?process=login")
    try:
        build_opener(Stay).open(asked["Location"])
    except HTTPError as redirect:
        back = redirect.headers["Location"]
    answer = client.get(back, follow=True)
    found.append([form, client.get("/admin/").status_code, answer.content.decode(), User.objects.count()])
print(json.dumps(found))
"""


class Organization(BaseHTTPRequestHandler):
    """Signs in whoever comes, as `person`."""

    person = {}

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
            self.answer(self.person)
        else:
            names = {"authorization": "authorize", "token": "token", "userinfo": "person"}
            self.answer(
                {"issuer": here, "jwks_uri": f"{here}/keys"}
                | {f"{name}_endpoint": f"{here}/{path}" for name, path in names.items()}
            )

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/next":
            type(self).person = json.loads(sent)
            return self.answer({})
        now = time.time()
        claims = {"iss": f"http://{self.headers['Host']}", "aud": self.client, "iat": now, "exp": now + 60}
        token = jwt.encode(claims | self.person | {"nonce": self.nonce}, KEY, "RS256", headers={"kid": "k"})
        self.answer({"access_token": "a", "id_token": token, "token_type": "Bearer"})

    def answer(self, value):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *args):
        pass


@pytest.mark.one_database
def test_whoever_has_an_account_is_signed_in_by_the_organization(tmp_path):
    """Without a second factor of the site, which the organization asks for; nobody else gets in, or gets an account."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Organization)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    people = [
        {"sub": "1", "email": "stranger@example.org", "email_verified": True},
        {"sub": "2", "email": "officer@example.org", "email_verified": False},
        {"sub": "3", "email": "officer@example.org", "email_verified": True},
    ]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    environment |= {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "iom.settings.development",
        "REQUIRE_SECOND_FACTOR": "everybody",
        "SSO_URL": f"http://127.0.0.1:{server.server_port}",
        "SSO_NAME": "The organization",
        "SSO_CLIENT_ID": "site",
        "SSO_CLIENT_SECRET": "secret",
        "PEOPLE": json.dumps(people),
    }
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", SIGN_IN]
    try:
        said = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=600
        )
    finally:
        server.shutdown()
    assert said.returncode == 0, said.stderr

    *others, officer = json.loads(said.stdout.splitlines()[-1])
    for form, admin, answer, accounts in others:
        assert "Sign in with The organization" in re.sub(r"\s+", " ", form)
        assert (admin, accounts) == (302, 1)
        assert "You are not signed in" in answer
    assert officer[1] == 200
    assert officer[3] == 1
