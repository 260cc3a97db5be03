"""The records to which generated articles refer: those of the demonstration, and every country."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model
from django_countries import countries

from iom.contacts.models import Office, PressContact
from iom.media.models import SiteImage
from newsroom.models import Topic

_FOLDER = Path(__file__).parent


@cache
def read_words() -> dict[str, list[dict[str, str]]]:
    """Returns the tables of words.toml."""
    return tomllib.loads((_FOLDER / "words.toml").read_text("utf-8"))


@cache
def read_name_parts() -> dict[str, list[list[str]]]:
    """Returns the lists of name parts of towns and people (names.toml). A name takes one part of each list."""
    return {
        kind: [part.split() for part in parts]
        for kind, parts in tomllib.loads((_FOLDER / "names.toml").read_text("utf-8")).items()
    }


@dataclass(frozen=True)
class Records:
    """The keys of the records, and the codes of the countries."""

    offices: list[int]
    contacts: list[int]
    topics: list[int]
    pictures: list[int]
    countries: list[str]


def load_records() -> Records:
    return Records(
        _keys(Office),
        _keys(PressContact),
        _keys(Topic),
        _keys(SiteImage),
        sorted(country.code for country in countries),
    )


def _keys(model: type[Model]) -> list[Any]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))
