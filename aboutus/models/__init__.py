"""The organization: who it is, how it is built, what it does."""

from aboutus.models.about import AboutPage
from aboutus.models.structure import StructurePage
from aboutus.models.work import WorkPage, WorkPageCountry, WorkPageTopic
