"""Creates an article under embargo in both languages, with every field and block filled in, through the forms."""

from datetime import timedelta

from django import forms
from django.core.files.base import ContentFile
from django.utils import timezone

from iom.contacts.models import PressContact
from iom.core.tests import bodies
from iom.media import renditions
from iom.media.models import SiteDocument, SiteImage
from iom.media.tests import pictures
from iom.tests.factories import OfficeFactory, PressContactFactory, TopicFactory
from iom.tests.hidden_content import COMMON
from iom.tests.page_forms import fill_form
from iom.tests.test_every_form import PUBLISH, add_url, assert_accepted, find_parent, translatable_texts
from iom.translation.content import segments
from iom.translation.tests import joint
from iom.translation.workflow.publication import publish
from iom.translation.workflow.writing import write_all
from newsroom.models import NewsArticle, Topic

FRENCH, ENGLISH = "zqfrench", "zqenglish"  # each text of the language contains it, and no other text does
SLUG = f"{COMMON}-zqslug"


class EmbargoedArticle:
    """The article, its translation, its files, and the time of its publication."""

    def __init__(self, sign_in, monkeypatch):
        self.files = []
        self.publish_at = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=1)
        self._records = bodies._two_records
        client, parent = sign_in("officer"), find_parent(NewsArticle, "fr")
        form = client.get(add_url(NewsArticle, parent)).context["form"]
        with monkeypatch.context() as patched:
            patched.setattr(bodies, "_two_records", self._two_records)
            data = self._data(form)
        assert_accepted(client.post(add_url(NewsArticle, parent), data))
        self.article = NewsArticle.objects.get(slug=SLUG, locale__language_code="fr")
        self._translate()

    def _two_records(self, model, number):
        """Returns the key of a new picture or document twice, and for other models keys of existing records."""
        return [self._new(model)] * 2 if model in (SiteImage, SiteDocument) else self._records(model, number)

    def _new(self, model):
        name = f"{FRENCH}file{'x' * len(self.files)}"
        if model is SiteImage:
            file = pictures.upload(pictures.encoded(), f"{name}.jpg")
            made = SiteImage.objects.create(title=name, credit=FRENCH, file=file, for_press=True)
            renditions.prepare(made)
        else:
            made = SiteDocument.objects.create(
                title=name, file=ContentFile(b"%PDF-1.7 " + name.encode(), f"{name}.pdf")
            )
        self.files.append(made)
        return made.pk

    def _data(self, form):
        # An office without a country: the page of a country would name it
        office = OfficeFactory(fr=f"Bureau {FRENCH}", en=f"Office {ENGLISH}")
        contact = PressContactFactory(name=f"{FRENCH}contact", email=f"{FRENCH}@example.org", office=office)
        records = {
            Topic: TopicFactory(fr=f"{FRENCH}topic", en=f"{ENGLISH}topic").pk,
            PressContact: contact.pk,
            type(office): office.pk,
            SiteImage: self._new(SiteImage),
        }
        data = fill_form(form, FRENCH, words=FRENCH, slug=SLUG, published_together="on")
        data["go_live_at"] = timezone.localtime(self.publish_at).strftime("%Y-%m-%d %H:%M")
        rows = {
            f"{name}-0-{part}": field
            for name, rows in form.formsets.items()
            for part, field in rows.empty_form.fields.items()
        }
        for name, field in [*form.fields.items(), *rows.items()]:
            if name in data and isinstance(field, forms.ModelChoiceField) and field.queryset.model in records:
                data[name] = records[field.queryset.model]
        return data | PUBLISH

    def _translate(self):
        state = joint.english(self.article)
        texts = {one: one.source.replace(FRENCH, ENGLISH) for one in segments.load_text(state.translation)}
        write_all(state, texts, joint.person("translator.en"))
        state.refresh_from_db()
        publish(state, joint.person("translator.en"))
        self.translation = state.page.specific

    def texts(self):
        """Returns the texts of the article, French and English."""
        french = list(translatable_texts(self.article.get_latest_revision_as_object(), FRENCH))
        return french, [text.replace(FRENCH, ENGLISH) for text in french]

    def addresses(self):
        """Yields the addresses at which visitors get the files after publication."""
        for file in self.files:
            if isinstance(file, SiteDocument):
                yield file.url
            else:
                yield from (rendition.url for rendition in file.renditions.all())
