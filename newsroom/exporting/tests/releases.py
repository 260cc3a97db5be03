"""Hypothesis strategies for press releases, and articles made from them."""

import datetime

from hypothesis import strategies as st
from wagtail.models import Locale

from iom.contacts.models import Office, OfficeName, PressContact
from newsroom.importing.body import stream_data
from newsroom.kinds import Kind, Scope
from newsroom.models import ArticleContact, NewsArticle
from newsroom.release import Contact, Dateline, Heading, ListBlock, Paragraph, PressRelease, Quotation

WORDS = {
    "fr": "les familles des villages près du fleuve ont repris hier l’école et le marché avec cinq cents kilos de riz "
    "pour une année où chaque enfant qu’on aide à l’OIM reçoit d’abord aujourd’hui un cahier neuf sur la route",
    "en": "the families of many villages near a river have taken back their school and market with five hundred kilos "
    "of rice for one year in which every child that IOM helps is given a new notebook on the long road",
}
PLACES = {
    "fr": ["Tchad", "Genève", "Genève/ Port-au-Prince", "Bukavu, République démocratique du Congo", "Cox’s Bazar", ""],
    "en": ["Chad", "Geneva", "Geneva/Port-au-Prince", "Juba, South Sudan", "Bosnia and Herzegovina", "The Hague", ""],
}
NAMES = ["Awa Doumbé", "Jean-Claude Fils", "Mohammed", "Halima Noor", "Peter O’Brien", "Léa de Souza", "John McCallum"]
ROLES = {
    "fr": [
        "",
        "coordonnatrice de l’entraide",
        "de l’OIM à Damas",
        "ministre de l’intégration, de la santé et du travail",
    ],
    "en": [
        "",
        "coordinator of the relief bureau",
        "IOM in Damascus",
        "Canadian Minister of Immigration, Refugees and Citizenship",
    ],
}
OFFICES = {
    "fr": ["OIM Le Caire", "Bureau de l’OIM au Tchad"],
    "en": ["IOM Cairo", "IOM Regional Office for MENA in Cairo"],
}
PHONES = ["", "+20227365140", "+41227179111", "+23522550144"]


def sentences(locale: str, ends: str = ".!?…", low: int = 6) -> st.SearchStrategy[str]:
    """A sentence of words in any order with a capital first letter, sometimes with an aside or quoted words."""
    words = st.lists(st.sampled_from(WORDS[locale].split()), min_size=low, max_size=25).map(" ".join)
    quoted = {"fr": "{} « une phrase entre guillemets » {}", "en": "{} a “phrase in quotation marks” {}"}[locale]
    aside = {"fr": "{} – entre tirets – {}", "en": "{} – so they say – {}"}[locale]
    manner = st.sampled_from(["{}, {}", "{} : {}" if locale == "fr" else "{}; {}", quoted, aside, "{} (25 000), {}"])
    said = st.one_of(words, st.builds(lambda how, one, two: how.format(one, two), manner, words, words))
    return st.builds(
        lambda text, end: text[0].upper() + text[1:] + end, said, st.sampled_from(list(ends) if ends else [""])
    )


def texts(locale: str, most: int = 4) -> st.SearchStrategy[str]:
    """A paragraph that may have a question in its middle and ends with a full stop."""
    before = st.lists(sentences(locale), max_size=most - 1)
    return st.builds(lambda some, last: " ".join([*some, last]), before, sentences(locale, "."))


def headings(locale: str) -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(WORDS[locale].split()), min_size=2, max_size=9).map(" ".join)
    return words.map(lambda text: (text[0].upper() + text[1:])[:80].rstrip())


@st.composite
def quotations(draw, locale: str) -> Quotation:
    plain = st.lists(st.sampled_from(WORDS[locale].split()), min_size=6, max_size=25).map(" ".join)
    paragraph = st.builds(
        lambda text, end: text[0].upper() + text[1:] + end, plain, st.sampled_from([".", "!", "?", "…"])
    )
    speaker = draw(st.sampled_from(["", *NAMES]))
    role = draw(st.sampled_from(ROLES[locale]))
    changed = draw(st.booleans()) if speaker else False
    return Quotation(tuple(draw(st.lists(paragraph, min_size=1, max_size=3))), speaker, role, changed)


@st.composite
def blocks(draw, locale: str) -> tuple:
    """A body that begins with a paragraph. Text follows each heading and separates lists."""
    made = [Paragraph(draw(texts(locale)), "")]
    for kind in draw(st.lists(st.sampled_from(["paragraph", "heading", "quote", "list"]), max_size=7)):
        if kind == "quote":
            made.append(draw(quotations(locale)))
        elif kind == "list":
            items = draw(st.lists(headings(locale), min_size=2, max_size=5))
            made += [ListBlock(tuple(Paragraph(item, "") for item in items), draw(st.booleans()))]
            made.append(Paragraph(draw(texts(locale)), ""))
        else:
            made += [Heading(draw(headings(locale)))] if kind == "heading" else []
            made.append(Paragraph(draw(texts(locale)), ""))
    return tuple(made)


@st.composite
def contacts(draw, locale: str) -> Contact:
    name = draw(st.sampled_from(["", *(name for name in NAMES if " " in name)]))
    # An address made of the name of another is one that the reader does not trust.
    own = ["a.doumbe@example.org"] if name == "Awa Doumbé" else []
    email = draw(st.sampled_from(["press@example.org", "media@example.org", *own]))
    return Contact(name, draw(st.sampled_from(OFFICES[locale])), email, draw(st.sampled_from(PHONES)))


@st.composite
def releases(draw) -> PressRelease:
    locale = draw(st.sampled_from(["fr", "en"]))
    day = draw(st.dates(datetime.date(1990, 1, 1), datetime.date(2039, 12, 31)))
    different = {"min_size": 0, "max_size": 3, "unique_by": lambda contact: contact.email}
    title = draw(headings(locale))
    summaries = sentences(locale, ends=".").filter(lambda text: len(text) <= 320 and not text.startswith(title))
    return PressRelease(
        title=title,
        locale=locale,
        kind=draw(st.sampled_from(Kind.values)),
        scope=draw(st.sampled_from(Scope.values)),
        summary=draw(st.one_of(st.just(""), summaries)),
        dateline=Dateline(draw(st.sampled_from(PLACES[locale]))),
        date=day,
        blocks=draw(blocks(locale)),
        contacts=tuple(draw(st.lists(contacts(locale), **different))),
    )


def article(release: PressRelease) -> NewsArticle:
    """An unsaved article with the content of the release."""
    made = NewsArticle(
        title=release.title,
        locale=Locale(language_code=release.locale),
        kind=release.kind,
        scope=release.scope,
        summary=release.summary,
        place=release.dateline.place,
        date=datetime.datetime.combine(release.date, datetime.time(12), datetime.UTC),
        body=stream_data(map(_with_markup, release.blocks), {}),
    )
    made.contacts = [ArticleContact(contact=_person(contact, pk)) for pk, contact in enumerate(release.contacts, 1)]
    return made


def _with_markup(block):
    if isinstance(block, Paragraph):
        return Paragraph(block.text, block.text)
    if isinstance(block, ListBlock):
        return ListBlock(tuple(map(_with_markup, block.items)), block.ordered)
    return block


def _person(contact: Contact, pk: int) -> PressContact:
    office = Office(pk=pk, names=[OfficeName(language=code, name=contact.office) for code in ("fr", "en")])
    return PressContact(pk=pk, name=contact.name, office=office, email=contact.email, phone=contact.phone)
