"""The records that have no language of their own: offices, press contacts, topics, pictures, documents."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files import File
from django.db import models
from wagtail.models import Page

from iom.contacts.models import ContactSettings, Office, PressContact
from iom.demo import content
from iom.media.models import SiteDocument, SiteImage
from newsroom.models import Topic


class PageToCome(Exception):
    """A text names a page that has not been made yet."""


@dataclass
class Library:
    """Everything that texts name, by its key; pages by key and language."""

    offices: dict[str, Office] = field(default_factory=dict)
    contacts: dict[str, PressContact] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    images: dict[str, SiteImage] = field(default_factory=dict)
    documents: dict[str, SiteDocument] = field(default_factory=dict)
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def page(self, key: str, language: str) -> Page:
        """The page in that language, else in the other. Raises PageToCome where it does not exist yet."""
        for code in (language, *content.LANGUAGES):
            if (key, code) in self.pages:
                return self.pages[key, code]
        raise PageToCome(key)


def load() -> Library:
    """Makes what is missing and returns all."""
    library = Library()
    for table in content.records("office"):
        shared = ("kind", "country", "city_fr", "city_en", "address", "email", "phone", "head_name", "head_gender")
        values = {name: table.get(name, "") for name in shared}
        values |= {"timezone": table["timezone"], "parent": library.offices.get(table.get("parent", ""))}
        values["head_is_acting"] = table.get("head_is_acting", False)
        names = {"name_fr": table["name_fr"], "name_en": table["name_en"]}
        library.offices[table["key"]] = _get_or_make(Office, names, values)
    for table in content.records("contact"):
        values = {name: table[name] for name in ("name", "role", "phone", "languages")}
        values |= {"office": library.offices[table["office"]], "in_post_until": table.get("until")}
        library.contacts[table["key"]] = _get_or_make(PressContact, {"email": table["email"]}, values)
    for table in content.records("topic"):
        names = {name: table.get(name, "") for name in ("name_fr", "name_en", "slug_fr", "slug_en")}
        library.topics[table["key"]] = _get_or_make(Topic, {"slug_fr": names.pop("slug_fr")}, names)
    for table in content.records("image"):
        library.images[table["key"]] = _image(table)
    for table in content.records("document"):
        library.documents[table["key"]] = _document(table)
    settings = ContactSettings.load()
    if settings.press_office is None:
        settings.press_office = library.offices["hq"]
        settings.social_accounts = [("account", account) for account in content.records("social")]
        settings.save()
    return library


def _get_or_make(model: type[models.Model], identity: dict[str, Any], values: dict[str, Any]) -> Any:
    """The record of that identity, else a new one that has passed the same validation as in the admin."""
    found = model._default_manager.filter(**identity).first()
    if found is None:
        found = model(**identity, **values)
        found.full_clean()
        found.save()
    return found


def _image(table: dict[str, Any]) -> SiteImage:
    found = SiteImage.objects.filter(title=table["title"]).first()
    if found is not None:
        return found
    image = SiteImage(title=table["title"], credit=table["credit"], for_press=table["for_press"])
    if focal := table.get("focal"):
        image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = focal
    path = content.FOLDER / table["file"]
    with path.open("rb") as file:
        image.file = File(file, name=path.name)
        image.save()
    return image


def _document(table: dict[str, Any]) -> SiteDocument:
    found = SiteDocument.objects.filter(title=table["title"]).first()
    if found is not None:
        return found
    document = SiteDocument(title=table["title"], language=table["language"])
    path = content.FOLDER / table["file"]
    with path.open("rb") as file:
        document.file = File(file, name=path.name)
        document.file_size = path.stat().st_size
        document.save()
    return document
