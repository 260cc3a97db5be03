"""Heads of offices: titles by gender, vacant posts, validation."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from iom.contacts.models import Office
from iom.demo import content
from iom.tests.factories import OfficeFactory


def office(**values):
    return Office(**{"kind": "country", "timezone": "Africa/Cairo"} | values)


@pytest.mark.parametrize(
    ("kind", "feminine", "masculine", "english"),
    [
        ("country", "Cheffe de mission", "Chef de mission", "Chief of Mission"),
        ("regional", "Directrice régionale", "Directeur régional", "Regional Director"),
        ("liaison", "Cheffe de bureau", "Chef de bureau", "Head of Office"),
        ("headquarters", "", "", ""),
    ],
)
def test_the_title_follows_the_kind_of_office_and_agrees_with_its_head(kind, feminine, masculine, english):
    for gender, title in (("f", feminine), ("m", masculine)):
        head = office(kind=kind, head_name="Dominique", head_gender=gender)
        with translation.override("fr"):
            assert head.head_title == title
        with translation.override("en"):
            assert head.head_title == english


def test_every_kind_of_office_but_headquarters_has_a_post_that_may_be_vacant():
    vacant = [kind for kind in Office.Kind.values if office(kind=kind, head_is_vacant=True).is_vacant]
    assert vacant == ["regional", "country", "liaison"]


def test_a_post_is_vacant_only_where_somebody_has_said_so():
    assert not any(office(kind=kind).is_vacant for kind in Office.Kind.values)


def test_a_vacant_post_has_no_holder():
    with pytest.raises(ValidationError) as refusal:
        office(head_name="Dominique", head_gender="f", head_is_vacant=True).clean()
    assert set(refusal.value.error_dict) == {"head_is_vacant"}


@pytest.mark.parametrize("kind", ["country", "regional", "liaison"])
def test_a_head_whose_title_must_agree_needs_a_gender(db, kind):
    with pytest.raises(ValidationError) as refusal:
        office(kind=kind, head_name="Dominique").full_clean()
    assert set(refusal.value.error_dict) == {"head_gender"}

    office(kind=kind, head_name="Dominique", head_gender="m").full_clean()


def test_headquarters_and_a_vacant_post_need_none(db):
    office(kind="headquarters", head_name="Dominique").full_clean()
    office().full_clean()


def test_nobody_holds_a_post_ad_interim_without_a_name(db):
    with pytest.raises(ValidationError) as refusal:
        office(head_is_acting=True).full_clean()
    assert set(refusal.value.error_dict) == {"head_name"}


def test_a_reporting_line_is_refused_all_the_same(db):
    above = OfficeFactory(head_name="Dominique", head_gender="f")
    above.parent = above

    with pytest.raises(ValidationError):
        above.full_clean()


def test_the_demonstration_gives_no_head_to_a_real_office(db):
    keys = {table["en"]["name"]: table["key"] for table in content.read_records("office")}
    with translation.override("en"):
        told = {keys[one.name]: one for one in Office.objects.all() if one.head_name or one.is_vacant}

    assert set(told) == {"example-1", "example-2"}
    assert told["example-1"].head_is_acting
    assert "Exemple" in told["example-1"].head_name
    assert told["example-2"].is_vacant
