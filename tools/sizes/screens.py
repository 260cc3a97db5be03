"""What is measured: addresses, and who asks for them.

What an address names is chosen in each database by how many results it has, so that all show as much: of countries,
and of countries and years, those that fill a page and have the fewest results, and those that have the most; the topic
with most news; words with about as many results as are compared (`tools.sizes.worker`). The sitemap of news has as many
articles in each.
"""

from dataclasses import dataclass

# No addresses: the worker does it.
PUBLICATION = "publish an article"
DEMANDING = "search: demanding"  # another search each time


@dataclass(frozen=True)
class Screen:
    """`address`: with the names that `tools.sizes.worker.places` fills. `account`: of the demonstration, else a visitor."""

    name: str
    address: str
    account: str = ""
    status: int = 200


SCREENS = [
    Screen("home", "{home}"),
    Screen("newsroom", "{news}"),
    Screen("newsroom, page 40", "{news}?page={fortieth}"),
    Screen("newsroom, last page", "{news}?page={last}"),
    Screen("kind", "{news}?kind=news"),
    Screen("scope", "{news}?scope=national"),
    Screen("region", "{news}?region=africa"),
    Screen("country", "{news}?country={seldom}"),
    Screen("topic", "{news}?topic={topic}"),
    Screen("year", "{news}?year={year}"),
    Screen("country and year", "{news}?country={of_year}&year={few_in}"),
    Screen("most frequent country", "{news}?country={frequent}"),
    Screen("its best year", "{news}?country={frequent}&year={its_year}"),
    Screen("kind and topic", "{news}?kind=news&topic={topic}"),
    Screen("a country's page", "{where}{country}/"),
    Screen("where we work", "{where}"),
    Screen("an article", "{article}"),
    Screen("feed", "{news}rss/"),
    Screen("feed of a kind", "{news}rss/?kind=news"),
    Screen("sitemap", "/sitemap.xml"),
    Screen("news sitemap", "/news-sitemap.xml"),
    Screen("search: common word", "{search}?q=migrants"),
    Screen("search: rare word", "{search}?q={rare}"),
    Screen("search: word of one article", "{search}?q={rarest}"),
    Screen("search: misspelt", "{search}?q={misspelt}"),
    Screen("search: phrase", "{search}?q=%22eau+potable%22"),
    Screen("404", "{news}il-n-y-a-rien-ici/", status=404),
    Screen("admin: explorer", "/admin/pages/{newsroom}/", "officer"),
    Screen("admin: explorer, page 40", "/admin/pages/{newsroom}/?p=40", "officer"),
    Screen("admin: search in articles", "/admin/pages/{newsroom}/?q=migrants", "officer"),
    Screen("admin: search in all pages", "/admin/pages/search/?q=migrants", "officer"),
    Screen("admin: articles of an office", "/admin/pages/{newsroom}/?office={office}", "officer"),
    Screen("admin: page chooser", "/admin/choose-page/{newsroom}/", "officer"),
    Screen("admin: search in the chooser", "/admin/choose-page/search/?q=migrants", "officer"),
    Screen("admin: desk", "/admin/translation/desk/", "translator.en"),
    Screen("admin: translator's dashboard", "/admin/", "translator.en"),
    Screen("admin: translator's explorer", "/admin/pages/{english}/", "translator.en"),
    Screen("admin: translator's chooser", "/admin/choose-page/{english}/", "translator.en"),
    Screen("admin: translator's history", "/admin/reports/site-history/", "translator.en"),
    Screen("admin: locked pages", "/admin/reports/locked/", "editor"),
    Screen("admin: ageing pages", "/admin/reports/aging-pages/", "editor"),
    Screen("admin: page types", "/admin/reports/page-types-usage/", "editor"),
    Screen("admin: site history", "/admin/reports/site-history/", "editor"),
]
