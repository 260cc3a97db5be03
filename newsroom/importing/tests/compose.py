"""Composes random releases in the formats of the archive, each with its expected fields. A seed makes one text."""

import random
import textwrap
from typing import Any

from newsroom.importing.readers import plain_text
from newsroom.importing.structure import parse_press_release
from newsroom.release import PressRelease

MENUS = {
    "fr": "-\nNotre maison\nNotre maisonElle aide ceux qui partent et ceux qui reviennent depuis 1962.\nConseil\nConseil\n- Direction\n-\nAider\nAider\n- Publications",
    "en": "-\nOur house\nOUR HOUSEIt has helped those who leave and those who return since 1962.\nCouncil\nCouncil\n- Direction\n-\nHelp\nHelp\n- Publications",
}
LABELS = {
    "fr": [
        ("Communiqué / Global", "press-release", "global"),
        ("Actualité\nRégional", "news", "regional"),
        ("Déclaration", "statement", ""),
    ],
    "en": [
        ("News / Global", "news", "global"),
        ("Press release\nNational", "press-release", "national"),
        ("Statement", "statement", ""),
    ],
}
TITLES = {
    "fr": [
        "Les puits de la vallée rouvrent un à un",
        "L’école flottante lève l’ancre",
        "Trois ponts pour relier les deux rives",
        "À Mopti, le marché renaît",
    ],
    "en": [
        "Wells Reopen One by One in the Valley",
        "A Floating School Weighs Anchor",
        "Three Bridges to Join Both Banks",
        "Who Mends the Nets?",
    ],
}
PLACES = {
    "fr": [
        "Tchad",
        "Genève",
        "Genève/ Port-au-Prince",
        "Bukavu, République démocratique du Congo",
        "Côte d’Ivoire",
        "Cox’s Bazar",
        "Le Caire",
    ],
    "en": [
        "Chad",
        "Geneva",
        "Geneva/Port-au-Prince",
        "Juba, South Sudan",
        "Bosnia and Herzegovina",
        "Cox’s Bazar",
        "The Hague",
    ],
}
DAYS = {
    "fr": [
        ("", None),
        (", 9 mars", None),
        (", le 1er mars 2016", "2016-03-01"),
        (", mardi 14 juin 2011", "2011-06-14"),
    ],
    "en": [
        ("", None),
        (", 9 March", None),
        (", March 9, 2016", "2016-03-09"),
        (", Tuesday 14 June 2011", "2011-06-14"),
    ],
}
TEXTS = {
    "fr": [
        "Plus de quatre cents familles ont retrouvé hier leurs maisons, après six mois passés dans les écoles de la ville.",
        "Les travaux ont été menés par les habitants eux-mêmes, avec des outils prêtés par trois communes voisines. Ils ont duré cinq semaines.",
        "L’organisation appelle « la table ronde » ce conseil d’anciens qui décide de l’ordre des chantiers.",
        "Il reste à rouvrir la route du col, que les pluies ont emportée – et que les camions attendent.",
        "Les bailleurs se réuniront avant la fin de l’année.",
    ],
    "en": [
        "More than four hundred families moved back into their houses yesterday, after six months in the schools of the town.",
        "The work was done by the people themselves, with tools that three neighbouring towns had lent. It took five weeks.",
        "The council of elders that decides what is built first is known as the “round table” in the whole district.",
        "The road over the pass has still to be reopened – the rains carried it away – and lorries are waiting for it.",
        "Donors will meet before the end of the year.",
    ],
}
WORDS = {
    "fr": [
        "Nous avons compté les tuiles deux fois",
        "Personne ne voulait dormir la première nuit",
        "Mes enfants avaient oublié la couleur de la porte",
    ],
    "en": [
        "We counted the tiles twice over",
        "Nobody wanted to sleep on the first night",
        "My children had forgotten the colour of the door",
    ],
}
SPEAKERS = {
    "fr": [
        ("Awa Doumbé", "coordonnatrice de l’entraide"),
        ("Jean-Claude Fils", "chef du bureau de Goma"),
        ("Mme Odile N’Guessan", ""),
    ],
    "en": [
        ("Halima Noor", "coordinator of the relief bureau"),
        ("Peter O’Brien", "head of office in Goma"),
        ("Dr. Ruth Kila", ""),
    ],
}
MARKS = {"fr": ["« {} »", "«{}»", "«\u00a0{}\u00a0»", "“{}”", '"{}"'], "en": ["“{}”", '"{}"']}
OTHER_WORDS = {"fr": "La suite viendra", "en": "The rest will come"}


def read(seed: int) -> tuple[PressRelease, dict[str, Any]]:
    """Returns the parsed release of a composed text, and its expected fields."""
    text, expected = compose(seed)
    return parse_press_release(plain_text.read_text(text)), expected


def compose(seed: int) -> tuple[str, dict[str, Any]]:
    """Returns a text and its expected fields."""
    rng = random.Random(seed)  # noqa: S311
    locale = rng.choice(["fr", "en"])
    expected: dict[str, Any] = {"locale": locale, "title": rng.choice(TITLES[locale])}
    label, expected["kind"], expected["scope"] = rng.choice([*LABELS[locale], ("", "", ""), ("", "", "")])
    expected["place"] = rng.choice([*PLACES[locale], ""])
    day, expected["date"] = rng.choice(DAYS[locale]) if expected["place"] else ("", None)
    dash = rng.choice([" - ", " – ", " — ", "\u00a0– ", "– "]) if expected["place"] else ""
    paragraphs = rng.sample(TEXTS[locale], rng.randint(2, 5))
    quotes = [_quotation(rng, locale) for _ in range(rng.randint(0, 2))]
    body = [(paragraph, "text") for paragraph in paragraphs]
    for printed, _, _ in quotes:
        body.insert(rng.randint(1, len(body)), (printed, "quote"))
    ordered = [next(q for q in quotes if q[0] == printed) for printed, kind in body if kind == "quote"]
    expected["quotes"] = [{"text": words, "attribution": who} for _, words, who in ordered]
    expected["paragraphs"] = len(paragraphs)
    contact, expected["contacts"] = _contact(rng, locale)
    lines = [printed for printed, _ in body]
    lines[0] = f"{expected['place']}{day}{dash}{lines[0]}"
    width = rng.choice([0, 0, 58, 66, 72])
    gap = "\n\n" if rng.random() < (0.7 if width else 0.5) else "\n"
    wrapped = [textwrap.fill(line, width, break_on_hyphens=False) if width else line for line in lines]
    head = [part for part in (label, expected["title"]) if part]
    parts = [*head, *wrapped, *([contact] if contact else [])]
    text = gap.join(parts)
    if rng.random() < 0.5:
        text = MENUS[locale] + "\n" + text
    if rng.random() < 0.3:
        text += rng.choice(
            ["\nConnexe" if locale == "fr" else "\nRelated", '\nclass="node" data-history-node-id="12"']
        )
    return text, expected


def _quotation(rng: random.Random, locale: str) -> tuple[str, str, str]:
    """Returns a quotation as printed, its words, and its attribution."""
    words = rng.choice(WORDS[locale])
    name, role = rng.choice(SPEAKERS[locale])
    marked = rng.choice(MARKS[locale]).format
    title = f", {role}" if role else ""
    who = f"{name}{title}"
    verb_printed = rng.choice(
        ["a déclaré", "explique", "a ajouté", "confie", "a-t-elle"]
        if locale == "fr"
        else ["said", "says", "explained", "she"]
    )
    if verb_printed in ("a-t-elle", "she"):
        verb = "a-t-elle dit" if locale == "fr" else "she said"
        return f"{marked(words)}, {verb}." if locale == "fr" else f"{marked(words + ',')} {verb}.", words, ""
    manner = rng.choice(["after", "after", "before", "middle", "subject" if locale == "en" else "after"])
    if manner == "before":
        colon = " : " if locale == "fr" else ": "
        return f"{who}{',' if role else ''} {verb_printed}{colon}{marked(words + '.')}", words, who
    comma_inside = locale == "en" or rng.random() < 0.3
    quoted = f"{marked(words + ',')} " if comma_inside else f"{marked(words)}, "
    if manner == "subject":
        return f"{quoted}{who}{',' if role else ''} {verb_printed}.", words, who
    if manner == "middle":
        other = OTHER_WORDS[locale]
        return f"{quoted}{verb_printed} {who}. {marked(other + '.')}", f"{words}. {other}", who
    return f"{quoted}{verb_printed} {who}.", words, who


def _contact(rng: random.Random, locale: str) -> tuple[str, list[dict[str, str]]]:
    """Returns the contact line as printed, and its contacts."""
    if rng.random() < 0.2:
        return "", []
    name, office = rng.choice(
        [
            ("Paul Renard", "Entraide Genève"),
            ("Léa de Souza", "Entraide Dakar"),
            ("Ann O’Hara", "Relief Bureau Nairobi"),
        ]
    )
    email, phone = (
        "presse@example.org",
        rng.choice(["+41 22 555 01 23", "+254 20 555 0123", "+41.22.555.01.23", "+41 (0)22 555 01 23"]),
    )
    digits = phone.replace("(0)", "").translate(str.maketrans("", "", " ."))
    if locale == "fr":
        lead = rng.choice(
            [
                "Pour plus d’informations, veuillez contacter ",
                "Pour plus d'information, contactez ",
                "Contact : ",
                "Pour toute information complémentaire, merci de contacter ",
            ]
        )
        labels = rng.choice([("Email: ", "Tel. "), ("e-mail : ", "tél. : "), ("courriel ", "tél "), ("", "")])
    else:
        lead = rng.choice(
            [
                "For more information, please contact ",
                "For further information please contact ",
                "For information, please contact: ",
                "Media contact: ",
            ]
        )
        labels = rng.choice([("Email: ", "Tel: "), ("E-mail: ", "Tel. "), ("", "")])
    at = rng.choice([", ", " à " if locale == "fr" else " at ", " ("])
    ways = [labels[0] + email, labels[1] + phone]
    rng.shuffle(ways)
    kept = ways[: rng.randint(1, 2)]
    line = f"{lead}{name}{at}{office}{')' if at == ' (' else ''}, {rng.choice([', ', '; ']).join(kept)}{rng.choice(['', '.'])}"
    facts = {"name": name, "office": office, "email": "", "phone": ""}
    facts["email"] = email if any(email in way for way in kept) else ""
    facts["phone"] = digits if any(phone in way for way in kept) else ""
    return line, [facts]
