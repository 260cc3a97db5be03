"""The models of pages about the organization, its structure and its work."""

from aboutus.country_texts import CountryText, CountryTextRow
from aboutus.models.about import AboutPage
from aboutus.models.press import PressContactsPage
from aboutus.models.review import PageReview
from aboutus.models.structure import StructurePage
from aboutus.models.work import WorkPage, WorkPageCountry, WorkPageTopic, newest_of_fields
