"""Place names with their countries, from the vocabulary, the United Nations and CLDR, in each language."""

import re
from functools import cache, lru_cache
from itertools import chain

from babel import Locale
from babel.core import get_global

from iom.countries import all_names
from newsroom.importing.structure import vocabulary
from newsroom.importing.structure.vocabulary import key

_SEPARATORS = re.compile(r"\s*(?:/|,|;|&|\s(?:and|et)\s)\s*")


@lru_cache(8192)
def is_place(words: str) -> bool:
    """Returns whether the words are a place, or end with one: « Genève », `Central Africa`."""
    return key(words) in known_places() or key(words.split()[-1]) in known_places()


@cache
def known_places() -> dict[str, str]:
    """Returns the country code of each known place by its key; an empty string for a place in no country."""
    places = vocabulary.places()
    zones = get_global("zone_territories")
    for language in vocabulary.BY_LANGUAGE:
        locale = Locale(language)
        for code, names in all_names(language).items():
            for name in names:
                places.setdefault(key(name), code)
                places.setdefault(key(name.split(" (")[0]), code)
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha():
                for form in (name, name.split(" (")[0], name.replace("&", "and"), name.replace("St.", "Saint")):
                    places.setdefault(key(form), code)
        for zone, code in zones.items():
            places.setdefault(key(locale.time_zones.get(zone, {}).get("city") or ""), code)
            places.setdefault(key(zone.rsplit("/", 1)[-1].replace("_", " ")), code)
    places.pop("", None)
    return places


def split_names(text: str) -> tuple[str, ...]:
    """`Genève/ Port-au-Prince` → both names. A known name that contains a separator stays whole."""
    if key(text) in known_places():
        return (text.strip(),)
    parts = re.split(r"(?<=\w)\s*[/,;]\s*", text.strip())
    names = ([part.strip()] if key(part) in known_places() else _SEPARATORS.split(part) for part in parts)
    return tuple(filter(None, chain.from_iterable(names)))


def countries_in(text: str) -> list[str]:
    """Returns the country codes of the places in a short text: « Bureau régional pour la MENA au Caire » → EG."""
    tokens = key(re.sub(r"[/,()]", " ", text)).split()
    found: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(6, len(tokens) - at), 0, -1):
            code = known_places().get(" ".join(tokens[at : at + length]))
            if code is not None:
                found += [code] if code and code not in found else []
                at += length - 1
                break
        at += 1
    return found
