"""The measured screens: addresses, and the accounts that request them.

The worker fills the placeholders in each database so that all databases show as much (`tools.sizes.worker`): the
countries, and the countries with a year, that fill a page with the fewest results, and those with the most results; the
topic with most news; words with about as many results as are scored. The news sitemap has as many articles in each.
"""

from dataclasses import dataclass

# Screens without an address, which the worker implements
PUBLICATION = "publish an article"
DEMANDING = "search: demanding"  # another search each time


@dataclass(frozen=True)
class Screen:
    """`address`: with placeholders (`tools.sizes.worker.placeholders`). `account`: of the demonstration; "" is a visitor."""

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
