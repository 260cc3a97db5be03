"""What the suites of the whole product visit: every page type, and what is no page, in both languages."""

from aboutus.models import AboutPage, StructurePage, WorkPage
from home.models import HomePage
from iom.demo.content import identity
from newsroom.models import NewsArticle, NewsIndex

LANGUAGES = ("fr", "en")
# A page of each type and each special shape: (name, model, key of the demonstration).
PAGES = [
    ("home", HomePage, None),
    ("section", AboutPage, "about"),
    ("chart", AboutPage, "org-chart"),
    ("legal", AboutPage, "accessibility"),
    ("post", StructurePage, "director-general"),
    ("vacant post", StructurePage, "strategy-office"),
    ("work", WorkPage, "our-work"),
    ("map", WorkPage, "where-we-work"),
    ("index", NewsIndex, "news"),
    ("article", NewsArticle, "canada-25000-syrian-refugees"),
    ("article with every block", NewsArticle, "every-block"),
    ("article whose contact has left", NewsArticle, "seasonal-workers-guide"),
    ("corrected article", NewsArticle, "mobile-clinics-bogota"),
]
NAMES = [name for name, _model, _key in PAGES]
SEARCH = {"fr": "/fr/recherche/", "en": "/en/search/"}
NEWS = {"fr": "/fr/actualites/", "en": "/en/news/"}


def page(name: str, language: str):
    """The page of that name in that language."""
    model, key = next((model, key) for listed, model, key in PAGES if listed == name)
    pages = model.objects.filter(locale__language_code=language)
    return pages.get(translation_key=identity(key)) if key else pages.get()


def article(key: str, language: str) -> NewsArticle:
    """An article of the demonstration by its key."""
    return NewsArticle.objects.get(translation_key=identity(key), locale__language_code=language)
