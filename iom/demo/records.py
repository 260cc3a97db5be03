"""Creates the records without a language of their own: offices, press contacts, topics, pictures, documents."""

from dataclasses import dataclass, field

from django.core.files import File
from django.db import models
from wagtail.models import Page

from aboutus.models import CountryText, CountryTextRow
from iom.contacts.models import ContactSettings, Office, OfficeName, PressContact
from iom.demo import content
from iom.media.models import SiteDocument, SiteImage
from iom.names import Name, Named
from newsroom.models import Topic, TopicName


@dataclass
class Library:
    """All records that texts refer to, by key; pages by key and language."""

    offices: dict[str, Office] = field(default_factory=dict)
    contacts: dict[str, PressContact] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    images: dict[str, SiteImage] = field(default_factory=dict)
    documents: dict[str, SiteDocument] = field(default_factory=dict)
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def page(self, key: str, language: str) -> Page:
        """Returns the page in that language, else in the other. Raises KeyError if it does not exist yet."""
        for code in (language, *content.LANGUAGES):
            if (key, code) in self.pages:
                return self.pages[key, code]
        raise KeyError(key)

    def get(self, model: type[models.Model], key: str, language: str) -> models.Model:
        """Returns the record or page with that key."""
        if issubclass(model, Page):
            return self.page(key, language)
        records = (self.offices, self.contacts, self.topics, self.images, self.documents)
        return next(found[key] for found in records if isinstance(found.get(key), model))


def load() -> Library:
    """Creates missing records and returns all."""
    library = Library()
    for table in content.read_records("office"):
        shared = ("kind", "country", "address", "email", "phone", "head_name", "head_gender")
        values = {name: table.get(name, "") for name in shared}
        values |= {"timezone": table["timezone"], "parent": library.offices.get(table.get("parent", ""))}
        values |= {name: table.get(name, False) for name in ("head_is_acting", "head_is_vacant")}
        library.offices[table["key"]] = _get_or_create_named(Office, OfficeName, table, values)
    for table in content.read_records("contact"):
        values = {name: table[name] for name in ("name", "role", "email", "phone", "languages")}
        values |= {"office": library.offices[table["office"]], "in_post_until": table.get("until")}
        library.contacts[table["key"]] = _get_or_create(PressContact, {"email": table["email"]}, values)
    focal = [f"focal_point_{name}" for name in ("x", "y", "width", "height")]
    for table in content.read_records("image"):
        values = {name: table[name] for name in ("credit", "for_press")}
        values |= zip(focal, table["focal"], strict=True) if "focal" in table else {}
        library.images[table["key"]] = _get_or_create_file(SiteImage, table, **values)
    for table in content.read_records("document"):
        size = (content.FOLDER / table["file"]).stat().st_size
        library.documents[table["key"]] = _get_or_create_file(
            SiteDocument, table, language=table["language"], file_size=size
        )
    for table in content.read_records("topic"):
        picture = library.images.get(table.get("picture", ""))
        library.topics[table["key"]] = _get_or_create_named(Topic, TopicName, table, {"picture": picture})
    for table in content.read_records("country_text"):
        _create_country_text(table, library)
    settings = ContactSettings.load()
    if settings.press_office is None:
        settings.press_office = library.offices["hq"]
        settings.social_accounts = [("account", account) for account in content.read_records("social")]
        settings.save()
    return library


def _get_or_create_named[Record: Named](
    model: type[Record], row: type[Name], table: content.Table, values: content.Table
) -> Record:
    """Returns the record with that name, else a new one with names in all languages."""
    names = [row(language=code, **table[code]) for code in content.LANGUAGES if code in table]
    identity = {"names__language": names[0].language, "names__name": names[0].name}
    return _get_or_create(model, identity, values | {"names": names})


def _create_country_text(table: content.Table, library: Library) -> None:
    texts = {code: table[code] for code in content.LANGUAGES if code in table}
    rows = [CountryTextRow(language=code, name=text["text"], alt=text.get("alt", "")) for code, text in texts.items()]
    values = {"country": table["country"], "picture": library.images.get(table.get("picture", "")), "names": rows}
    _get_or_create(CountryText, {"country": table["country"]}, values)


def _get_or_create[Record: models.Model](
    model: type[Record], identity: content.Table, values: content.Table
) -> Record:
    """Returns the record that matches `identity`, else a new one. It is validated as in the admin."""
    found = model._default_manager.filter(**identity).first()
    if found is None:
        found = model(**values)
        found.full_clean()
        found.save()
    return found


def _get_or_create_file[Record: (SiteImage, SiteDocument)](
    model: type[Record], table: content.Table, **values: object
) -> Record:
    """Returns the picture or document with that title, else a new one with its file."""
    found = model.objects.filter(title=table["title"]).first()
    if found is not None:
        return found
    record = model(title=table["title"], **values)
    path = content.FOLDER / table["file"]
    with path.open("rb") as file:
        record.file = File(file, name=path.name)
        record.save()
    return record
