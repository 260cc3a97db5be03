"""The content security policies: a strict one for visitors, and one that allows the admin's inline scripts."""

import pytest

POLICY = "Content-Security-Policy"


def directives(answer):
    return dict(directive.strip().partition(" ")[::2] for directive in answer[POLICY].split(";"))


@pytest.mark.parametrize("address", ["/-/live", "/"])
def test_public_answers_allow_scripts_and_styles_of_the_site_alone(visitor, address):
    policy = directives(visitor.get(address))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "object-src" not in policy  # falls back to 'none'


def test_the_admin_has_a_policy_of_its_own(sign_in):
    policy = directives(sign_in("admin").get("/admin/"))

    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"


def test_the_sign_in_page_belongs_to_the_admin(visitor):
    assert "'unsafe-inline'" in visitor.get("/admin/login/")[POLICY]


@pytest.mark.parametrize("address", ["/admin/", "/-/live"])
def test_no_policy_names_a_server_of_someone_else(sign_in, address):
    policy = directives(sign_in("admin").get(address))

    for name in ("script-src", "style-src", "connect-src", "font-src", "default-src", "form-action", "frame-src"):
        assert "http" not in policy.get(name, "")
        assert "*" not in policy.get(name, "")
