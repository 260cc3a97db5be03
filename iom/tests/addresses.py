"""Addresses that tests of the whole site visit: an example of each page type and variant, lists and error pages."""

from aboutus.models import AboutPage, PressContactsPage, StructurePage, WorkPage
from home.models import HomePage
from iom.demo.content import stable_uuid
from newsroom.models import NewsArticle, NewsIndex

LANGUAGES = ("fr", "en")
# A page of each type and variant: (name, model, key in the demonstration).
PAGES = [
    ("home", HomePage, None),
    ("section", AboutPage, "about"),
    ("chart", AboutPage, "org-chart"),
    ("legal", AboutPage, "accessibility"),
    ("post", StructurePage, "director-general"),
    ("vacant post", StructurePage, "example-post"),
    ("work", WorkPage, "our-work"),
    ("map", WorkPage, "where-we-work"),
    ("press contacts", PressContactsPage, "press-contacts"),
    ("index", NewsIndex, "news"),
    ("article", NewsArticle, "canada-25000-syrian-refugees"),
    ("article with every block", NewsArticle, "every-block"),
    ("article whose contact has left", NewsArticle, "seasonal-workers-guide"),
    ("corrected article", NewsArticle, "mobile-clinics-bogota"),
    ("article that names no contact", NewsArticle, "market-hall-business-school"),
]
NAMES = [name for name, _model, _key in PAGES]
ARTICLES = [name for name, model, _key in PAGES if model is NewsArticle]
SEARCH = {"fr": "/fr/recherche/", "en": "/en/search/"}
PRESS = {"fr": "/fr/contacts-presse/", "en": "/en/press-contacts/"}
NEWS = {"fr": "/fr/actualites/", "en": "/en/news/"}
CORRECTIONS = {"fr": "/fr/actualites/rectificatifs/", "en": "/en/news/corrections/"}
# Routes of a page: a country with an office, and a country that has only news.
COUNTRY = {"fr": "/fr/ou-travaillons-nous/haiti/", "en": "/en/where-we-work/haiti/"}
NEWS_ALONE = {"fr": "/fr/ou-travaillons-nous/canada/", "en": "/en/where-we-work/canada/"}


def other_addresses(language: str) -> dict[str, str]:
    """Returns, by name, the addresses that are not pages of the tree: routes, lists with filters, errors."""
    return {
        "country": COUNTRY[language],
        "country without an office": NEWS_ALONE[language],
        "search": SEARCH[language],
        "search, found": f"{SEARCH[language]}?q=Canada",
        "search, nothing found": f"{SEARCH[language]}?q=zzzz",
        "corrections": CORRECTIONS[language],
        "press contacts, filtered": f"{PRESS[language]}?country=TD&language=fr",
        "press contacts, nothing found": f"{PRESS[language]}?country=TD&language=th",
        "newsroom, filtered": f"{NEWS[language]}?kind=story&country=TD",
        "newsroom, nothing found": f"{NEWS[language]}?q=zzzz",
        "newsroom, with a notice": f"{NEWS[language]}?missing=1",
        "not found": f"/{language}/rien-ici/",
    }


def page(name: str, language: str):
    """Returns the page of PAGES with that name in the language."""
    model, key = next((model, key) for listed, model, key in PAGES if listed == name)
    pages = model.objects.filter(locale__language_code=language)
    return pages.get(translation_key=stable_uuid(key)) if key else pages.get()


def article(key: str, language: str) -> NewsArticle:
    """Returns an article of the demonstration by its key."""
    return NewsArticle.objects.get(translation_key=stable_uuid(key), locale__language_code=language)
