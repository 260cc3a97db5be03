"""Place names and the countries they are in: CLDR's territories and cities in French and English, and others known."""

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from iom.languages import fold

# Cities that datelines name and CLDR's time zones do not, by country (ISO 3166-1 alpha-2).
_CITIES = """
    AE Abu Dhabi
    AF Kandahar, Herat, Hérat, Jalalabad, Kaboul
    AT Vienne
    BA Bihać
    BD Cox’s Bazar, Cox's Bazar, Chittagong, Dacca
    BE Bruxelles
    BF Ouaga
    BO La Paz
    BR Brasília, Brasilia, Rio de Janeiro
    CA Ottawa, Montréal, Montreal
    CD Goma, Bukavu, Bunia
    CF Bangui, Bambari
    CH Genève, Geneva, Berne, Bern, Lausanne, Bâle, Basel
    CI Abidjan, Yamoussoukro
    CM Yaoundé, Yaounde
    CN Beijing, Pékin
    CO Cúcuta, Medellín, Cali
    CY Nicosie
    DE Bonn, Nuremberg, Munich
    DJ Obock
    DZ Alger, Tamanrasset
    EG Le Caire, Caire, Alexandrie, Alexandria
    ER Asmara
    ES Malaga, Las Palmas, Barcelona, Barcelone
    ET Addis-Abeba, Addis Ababa, Dire Dawa
    FR Strasbourg, Calais, Marseille, Lyon
    GB Londres, Glasgow
    GR Athènes, Lesbos, Lesvos
    HN San Pedro Sula
    HT Cap-Haïtien, Les Cayes, Gonaïves, Gonaives, Jérémie, Jacmel
    IN New Delhi, Delhi
    IQ Erbil, Mossoul, Mosul, Bassora, Basra, Dohuk
    IT Lampedusa, Sicile, Milan, Turin
    KE Mombasa, Dadaab, Garissa
    KG Bichkek
    LB Beyrouth
    LK Colombo
    LR Monrovia
    LY Misrata, Benghazi, Sebha
    MA Rabat, Tanger
    MK Skopje
    ML Gao, Mopti, Tombouctou, Timbuktu
    MM Naypyidaw, Yangon
    MX Tapachula, Tijuana, Mexico
    MZ Beira, Pemba
    NE Agadez, Dirkou
    NG Abuja, Maiduguri
    NL La Haye, The Hague
    NP Katmandou
    NZ Wellington
    PG Port Moresby, Rabaul
    PH Manille, Tacloban, Cotabato
    PK Islamabad
    RU Moscou
    RW Gisenyi
    SA Riyad, Riyadh, Djeddah, Jeddah
    SD El Fasher, Port-Soudan, Port Sudan, Nyala
    SN Saint-Louis, Ziguinchor
    SO Mogadiscio, Bosasso, Hargeisa
    SS Djouba, Malakal, Bentiu, Wau
    SY Damas, Alep, Aleppo, Homs
    TD Abéché, N'Djaména, N’Djamena, N'Djamena, Faya
    TH Mae Sot
    TN Zarzis
    TR Ankara, Gaziantep
    TZ Dar es-Salaam, Dodoma, Kigoma
    UA Kyiv, Lviv, Dnipro, Kherson, Kharkiv
    US Washington, Washington DC
    VN Hanoï, Hanoi
    VU Port-Vila, Port Vila
    YE Sana’a, Sana'a, Sanaa, Al Hudaydah, Marib
"""
# Other names of countries, and regions that a dateline may name, with the country where there is one.
_OTHER = """
        TR Turkey, Turquie
        CI Ivory Coast, Côte-d'Ivoire
        CZ Czech Republic, République tchèque
        MM Burma, Birmanie
        SZ Swaziland
        TL East Timor, Timor oriental
        MK FYROM
        US USA
        GB UK
        CD DRC, RDC, RD Congo, DR Congo, Democratic Republic of the Congo, Democratic Republic of Congo,
    CD République démocratique du Congo
        BY Bélarus
        VN Viet Nam
        LA Lao PDR
        SY Syria, Syrie
        IR Iran
        RU Russie
        XK Kosovo
        FM Micronesia, Micronésie
        CV Cape Verde, Cap-Vert
        CF Central African Republic
        CG République du Congo
        -- Afrique, Africa, Europe, Asie, Asia, Amériques, Americas, Monde, Global, Méditerranée, Mediterranean,
    -- Sahel, Caraïbes, Caribbean, Moyen-Orient, Middle East, Balkans, Pacific, Pacifique
"""
_SEPARATORS = re.compile(r"\s*(?:/|,|;|&|\s(?:and|et)\s)\s*")
_NOT_LETTERS = re.compile(r"[\s'’\-‑.]+")


@lru_cache(8192)
def is_place(words: str) -> bool:
    """Whether the words are a place, or end with one: « Genève », `Central Africa`."""
    return key(words) in known() or key(words.split()[-1]) in known()


def key(name: str) -> str:
    """A name as it is compared: `Port-au-Prince` and `port au prince` are the same."""
    return _NOT_LETTERS.sub(" ", fold(name.replace("’", "'"))).strip()


def _listed(table: str) -> dict[str, str]:
    """A table of lines « country, then names » as names with their country; `--`: of no country."""
    rows = (line.split(maxsplit=1) for line in table.strip().splitlines())
    return {key(name): code.strip("-") for code, names in rows for name in names.rstrip(",").split(", ")}


@cache
def known() -> dict[str, str]:
    """Every place known, by its key, with its country; empty for what is no country's."""
    places = _listed(_OTHER)
    zones = get_global("zone_territories")
    for language in ("fr", "en"):
        locale = Locale(language)
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha():
                for form in (name, name.split(" (")[0], name.replace("&", "and"), name.replace("St.", "Saint")):
                    places.setdefault(key(form), code)
        for zone, code in zones.items():
            places.setdefault(key(locale.time_zones.get(zone, {}).get("city") or ""), code)
            places.setdefault(key(zone.rsplit("/", 1)[-1].replace("_", " ")), code)
    places |= _listed(_CITIES)
    places.pop("", None)
    return places


def split(text: str) -> tuple[str, ...]:
    """`Genève/ Port-au-Prince` → both; a name that holds a separator itself stays whole."""
    if key(text) in known():
        return (text.strip(),)
    parts, names = [part for part in _SEPARATORS.split(text) if part], list[str]()
    joined = re.split(r"(?<=\w)\s*[/,;]\s*", text.strip())
    for part in joined:
        names += [part.strip()] if key(part) in known() else [one for one in _SEPARATORS.split(part) if one]
    return tuple(names) if names else tuple(parts)


def countries(text: str) -> list[str]:
    """The countries of the places that a few words name: « Bureau régional pour la MENA au Caire » → EG."""
    tokens, found = (
        key(text.replace("/", " ").replace(",", " ").replace("(", " ").replace(")", " ")).split(),
        list[str](),
    )
    at = 0
    while at < len(tokens):
        for length in range(min(6, len(tokens) - at), 0, -1):
            code = known().get(" ".join(tokens[at : at + length]))
            if code is not None:
                found += [code] if code and code not in found else []
                at += length - 1
                break
        at += 1
    return found
