"""A release becomes a draft of the newsroom, and its record says what was read and what was written."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.utils.file import hash_filelike

from iom.contacts.policy import own_office, works_for
from iom.media.forms import PictureField
from iom.media.metadata import without_metadata
from iom.media.models import SiteImage
from iom.users.models import User
from newsroom.dates import day_of, noon
from newsroom.importing import body, report
from newsroom.importing.fingerprint import fingerprint
from newsroom.importing.metadata import Metadata
from newsroom.importing.people import People
from newsroom.importing.remarks import remark
from newsroom.importing.structure import places
from newsroom.models import ArticleContact, ArticleCountry, ImportedText, NewsArticle, NewsIndex
from newsroom.models.reference import keep_reference
from newsroom.release import Block, LeftOut, Paragraph, Picture, PictureFile, PressRelease, Remark


def draft(
    release: PressRelease,
    index: NewsIndex,
    user: User | None,
    *,
    metadata: Metadata | None = None,
    people: People | None = None,
    record: ImportedText | None = None,
) -> NewsArticle:
    """The draft of the release below `index`, with a revision; `article.imported_text` says what was not carried.

    With `record`, its draft is written again; the caller has seen that nobody has edited it. `people` spares an import
    of many texts the reading of all offices for each.
    """
    writing = Writing(release, index, metadata or Metadata(), people or People(user))
    page = record.page.specific.get_latest_revision_as_object() if record and record.page else None
    article = page or NewsArticle(locale=index.locale, owner=user, live=False)
    writing.fill(article)
    if user and not works_for(user, article.office_id):
        article.office = own_office(user)
    if page is None:
        index.add_child(instance=article)
        article.topics = article.corrections = article.related_articles = []  # spares a query each
    elif not article.live:
        article.save()
    if (number := writing.metadata.reference) and not keep_reference(article.translation_key, number):
        writing.notes.append(remark("reference taken", reference=number))
    # A draft may be unfinished: without a date, or without an alternative text.
    revision = article.save_revision(user=user, clean=False)
    article.imported_text = writing.keep(record or ImportedText(), article.pk, fingerprint(revision.content))
    return article


@dataclass
class Writing:
    """Writes one release into an article. With `rehearses` it makes no pictures, and must not be saved."""

    release: PressRelease
    index: NewsIndex
    metadata: Metadata
    people: People
    rehearses: bool = False
    notes: list[Remark] = field(default_factory=list)  # what an officer should look at
    left: list[LeftOut] = field(default_factory=list)  # words that are not in the article
    proposed_countries: list[str] = field(default_factory=list)

    def fill(self, article: NewsArticle) -> None:
        """Writes all that the release says into the article."""
        release, metadata = self.release, self.metadata
        self.fill_words(article)
        article.kind = metadata.kind or release.kind or NewsArticle.Kind.PRESS_RELEASE
        article.scope = metadata.scope or release.scope or NewsArticle.Scope.GLOBAL
        day = metadata.date or release.date
        article.date = noon(day) if day else None
        article.office = metadata.office
        # A proposed date is good enough to tell whether a person has moved on.
        likely_day = day or (release.proposal.date if release.proposal else None)
        contacts, notes = self.people.contacts(release.contacts, likely_day, metadata.office)
        self.notes += notes
        article.contacts = [ArticleContact(contact=contact) for contact in contacts]
        if metadata.countries is not None:
            article.countries = [ArticleCountry(country=code) for code in metadata.countries]
            return
        self.proposed_countries = places.countries(release.dateline.place)
        if self.proposed_countries:
            self.notes.append(remark("countries", codes=self.proposed_countries))

    def fill_words(self, article: NewsArticle) -> None:
        """Writes what every language has of its own: title, summary, place, text, the words of the pictures."""
        release = self.release
        article.title, long_title = _fitting(release.title, 255)
        article.summary, long_summary = _fitting(release.summary, 320)
        whole = [Paragraph(text, escape(text, quote=False)) for text in (long_title, long_summary) if text]
        blocks = [*whole, *release.blocks]
        with override(self.index.locale.language_code):
            article.title = article.title or _("Untitled")
        article.draft_title = article.title
        article.place, long_place = _fitting(release.dateline.place, 120)
        if long_place:
            self.left.append(LeftOut(long_place, remark("long place")))
        self._write_lead_picture(article)
        known = article.body.get_prep_value() if article.pk else []
        article.body = body.with_known_ids(body.stored(blocks, self._pictures(blocks)), known)

    def note_what_differs(self, original: NewsArticle) -> None:
        """A translation has date and contacts of its original; where its own text says otherwise, it is noted."""
        people = [row.contact for row in original.contacts.all()]
        for one in self.release.contacts:
            if self.people.known(one) not in people:
                self.notes.append(remark("not the original's contact", who=one.name or one.email or one.phone))
        day = self.release.date
        if day and original.date and day != day_of(original.date):
            self.notes.append(remark("not the original's date", day=day))

    def keep(self, record: ImportedText, page: int, written: str = "") -> ImportedText:
        """Saves what was read; `written`: the fingerprint of what was written, of an original."""
        metadata = self.metadata
        record.page_id = page
        record.file, record.digest = metadata.file, metadata.digest
        record.metadata, record.old_address = metadata.as_json(), metadata.old_address
        record.fingerprint = written
        record.report, record.countries = self.line(), self.proposed_countries
        record.save()
        return record

    def line(self) -> report.Line:
        """The report's line, with what was noted while writing."""
        release, metadata = self.release, self.metadata
        day = metadata.date or release.date
        return report.line(
            replace(
                release,
                left_out=(*release.left_out, *self.left),
                notes=(*release.notes, *self.notes),
                kind=metadata.kind or release.kind,
                scope=metadata.scope or release.scope,
                locale=self.index.locale.language_code,
                date=day,
                proposal=None if day else release.proposal,
            )
        )

    def _write_lead_picture(self, article: NewsArticle) -> None:
        picture = self.release.picture
        article.lead_picture = None
        image = self._image(picture) if picture else None
        if picture and image:
            article.lead_picture_id = image
            article.picture_caption, long_caption = _fitting(picture.caption, 320)
            article.picture_alt = picture.file.alt[:255] if picture.file else ""
            if long_caption:
                self.left.append(LeftOut(long_caption, remark("long caption")))

    def _pictures(self, blocks: Iterable[Block]) -> dict[int, int]:
        """By the place of a block, the key of its picture."""
        made = {place: self._image(block) for place, block in enumerate(blocks) if isinstance(block, Picture)}
        return {place: image for place, image in made.items() if image}

    def _image(self, picture: Picture) -> int | None:
        """The key of the site's picture. None where there is none; its words are left out then."""
        file = picture.file
        if file and file.data:
            if self.rehearses:
                return None
            try:
                return _site_image(file, picture, self.release.title).pk
            except ValidationError as error:
                is_too_large = any((one.code or "").startswith("file_too_") for one in error.error_list)
                self.notes.append(remark("picture too large" if is_too_large else "picture refused", name=file.name))
        words = "\n".join(filter(None, (picture.caption, picture.credit, file.alt if file else "")))
        if words:
            self.left.append(LeftOut(words, remark("picture to add")))
        return None


def index_of(language: str) -> NewsIndex | None:
    """The newsroom of a language; None where there is none."""
    indexes = NewsIndex.objects.filter(locale__language_code=language, alias_of=None)
    return indexes.select_related("locale").first()


def _site_image(file: PictureFile, picture: Picture, title: str) -> SiteImage:
    """The picture of the site with the same bytes, else a new one. Raises ValidationError where it is refused.

    `title`: what it is called where it has no caption.
    """
    cleaned = PictureField(required=True).clean(SimpleUploadedFile(file.name, file.data))
    cleaned.seek(0)
    kept = without_metadata(cleaned) or cleaned  # as SiteImage keeps it
    kept.seek(0)
    digest = hash_filelike(kept)
    known = SiteImage.objects.filter(file_hash=digest).first()
    if known is not None:
        return known
    cleaned.seek(0)
    made = SiteImage(title=(picture.caption or title or file.name)[:255], file=cleaned, credit=picture.credit[:120])
    made.file_size, made.file_hash = kept.size, digest
    made.save()
    return made


def _fitting(text: str, length: int) -> tuple[str, str]:
    """The text, cut at a word where it is too long for its field; then the whole text, else nothing."""
    if len(text) <= length:
        return text, ""
    return text[: length - 2].rsplit(" ", 1)[0] + " …", text
