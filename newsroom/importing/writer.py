"""Writes a parsed release as a draft of the newsroom, with a record of what was parsed and written."""

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
from iom.media.metadata import strip_metadata
from iom.media.models import SiteImage
from iom.users.models import User
from newsroom.dates import day_of, noon
from newsroom.importing import body, report
from newsroom.importing.contact_matching import ContactMatcher
from newsroom.importing.fingerprint import fingerprint
from newsroom.importing.metadata import Metadata
from newsroom.importing.remarks import remark
from newsroom.importing.structure import places
from newsroom.models import ArticleContact, ArticleCountry, ImportedText, NewsArticle, NewsIndex
from newsroom.models.reference import restore_reference
from newsroom.release import Block, LeftOut, Paragraph, Picture, PictureFile, PressRelease, Remark


def write_draft(
    release: PressRelease,
    index: NewsIndex,
    user: User | None,
    *,
    metadata: Metadata | None = None,
    record: ImportedText | None = None,
) -> NewsArticle:
    """Creates the draft of a single release below `index`, as `write` does, and returns it."""
    return write(ArticleWriter(release, index, metadata or Metadata(), ContactMatcher(user)), user, record)


def write(writing: "ArticleWriter", user: User | None, record: ImportedText | None = None) -> NewsArticle:
    """Creates the draft of the release, with a revision. `article.imported_text` is its record.

    With `record`, overwrites its draft; the caller has checked that nobody has edited it.
    """
    index = writing.index
    page = record.page.specific.get_latest_revision_as_object() if record and record.page else None
    article = page or NewsArticle(locale=index.locale, owner=user, live=False)
    writing.fill_article(article)
    if user and not works_for(user, article.office_id):
        article.office = own_office(user)
    if page is None:
        index.add_child(instance=article)
        article.topics = article.corrections = article.related_articles = []  # saves a query for each
    elif not article.live:
        article.save()
    if (number := writing.metadata.reference) and not restore_reference(article.translation_key, number):
        writing.notes.append(remark("reference taken", reference=number))
    # Not cleaned: a draft may lack its date or an alternative text.
    revision = article.save_revision(user=user, clean=False)
    article.imported_text = writing.save_record(record or ImportedText(), article.pk, fingerprint(revision.content))
    return article


@dataclass
class ArticleWriter:
    """Writes one release into an article. With `is_dry_run`, creates no pictures; the article must not be saved."""

    release: PressRelease
    index: NewsIndex
    metadata: Metadata
    matcher: ContactMatcher
    is_dry_run: bool = False
    notes: list[Remark] = field(default_factory=list)  # for the officer to check
    left_out: list[LeftOut] = field(default_factory=list)  # texts that are not in the article
    proposed_countries: list[str] = field(default_factory=list)

    def fill_article(self, article: NewsArticle) -> None:
        """Writes all fields of the release into the article."""
        release, metadata = self.release, self.metadata
        self.fill_translated_fields(article)
        article.kind = metadata.kind or release.kind or NewsArticle.Kind.PRESS_RELEASE
        article.scope = metadata.scope or release.scope or NewsArticle.Scope.GLOBAL
        day = metadata.date or release.date
        article.date = noon(day) if day else None
        article.office = metadata.office
        # A proposed date is exact enough to decide whether a contact is still in post.
        likely_day = day or (release.proposal.date if release.proposal else None)
        contacts, notes = self.matcher.get_or_create_contacts(release.contacts, likely_day, metadata.office)
        self.notes += notes
        article.contacts = [ArticleContact(contact=contact) for contact in contacts]
        if metadata.countries is not None:
            article.countries = [ArticleCountry(country=code) for code in metadata.countries]
            return
        self.proposed_countries = places.countries_in(release.dateline.place)
        if self.proposed_countries:
            self.notes.append(remark("countries", codes=self.proposed_countries))

    def fill_translated_fields(self, article: NewsArticle) -> None:
        """Writes the fields that each language has: title, summary, place, body and the texts of the pictures."""
        release = self.release
        article.title, long_title = _truncate(release.title, 255)
        article.summary, long_summary = _truncate(release.summary, 320)
        whole = [Paragraph(text, escape(text, quote=False)) for text in (long_title, long_summary) if text]
        blocks = [*whole, *release.blocks]
        with override(self.index.locale.language_code):
            article.title = article.title or _("Untitled")
        article.draft_title = article.title
        article.place, long_place = _truncate(release.dateline.place, 120)
        if long_place:
            self.left_out.append(LeftOut(long_place, remark("long place")))
        self._write_lead_picture(article)
        known = article.body.get_prep_value() if article.pk else []
        article.body = body.keep_block_ids(body.stream_data(blocks, self._save_pictures(blocks)), known)

    def note_differences(self, original: NewsArticle) -> None:
        """Notes where the text's date or contacts differ from the original's, which a translation shares."""
        people = [row.contact for row in original.contacts.all()]
        for one in self.release.contacts:
            if self.matcher.find_contact(one) not in people:
                self.notes.append(remark("not the original's contact", who=one.name or one.email or one.phone))
        day = self.release.date
        if day and original.date and day != day_of(original.date):
            self.notes.append(remark("not the original's date", day=day))

    def save_record(self, record: ImportedText, page: int, written: str = "") -> ImportedText:
        """Saves the record of the import. `written` is the fingerprint of the draft; a translation has none."""
        metadata = self.metadata
        record.page_id = page
        record.file, record.digest = metadata.file, metadata.digest
        record.metadata, record.old_address = metadata.as_json(), metadata.old_address
        record.fingerprint = written
        record.report, record.countries = self.report_line(), self.proposed_countries
        record.save()
        return record

    def report_line(self) -> report.ReportLine:
        """Returns the report's line, including the notes made while writing."""
        release, metadata = self.release, self.metadata
        day = metadata.date or release.date
        return report.line_for_release(
            replace(
                release,
                left_out=(*release.left_out, *self.left_out),
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
        image = self._save_picture(picture) if picture else None
        if picture and image:
            article.lead_picture_id = image
            article.picture_caption, long_caption = _truncate(picture.caption, 320)
            article.picture_alt = picture.file.alt[:255] if picture.file else ""
            if long_caption:
                self.left_out.append(LeftOut(long_caption, remark("long caption")))

    def _save_pictures(self, blocks: Iterable[Block]) -> dict[int, int]:
        """Saves the pictures of the blocks. Returns their keys by the position of the block."""
        saved = {
            position: self._save_picture(block) for position, block in enumerate(blocks) if isinstance(block, Picture)
        }
        return {position: image for position, image in saved.items() if image}

    def _save_picture(self, picture: Picture) -> int | None:
        """Returns the key of the picture's image on the site. Without one, returns None and leaves out its texts."""
        file = picture.file
        if file and file.data:
            if self.is_dry_run:
                return None
            try:
                return _get_or_create_image(file, picture, self.release.title).pk
            except ValidationError as error:
                is_too_large = any((one.code or "").startswith("file_too_") for one in error.error_list)
                self.notes.append(remark("picture too large" if is_too_large else "picture refused", name=file.name))
        words = "\n".join(filter(None, (picture.caption, picture.credit, file.alt if file else "")))
        if words:
            self.left_out.append(LeftOut(words, remark("picture to add")))
        return None


def get_news_index(language: str) -> NewsIndex | None:
    """Returns the newsroom of a language, or None."""
    indexes = NewsIndex.objects.filter(locale__language_code=language, alias_of=None)
    return indexes.select_related("locale").first()


def _get_or_create_image(file: PictureFile, picture: Picture, title: str) -> SiteImage:
    """Returns the image of the site with the same bytes, or creates it. Raises ValidationError where it is refused.

    `title` is the image's title where the picture has no caption.
    """
    cleaned = PictureField(required=True).clean(SimpleUploadedFile(file.name, file.data))
    cleaned.seek(0)
    kept = strip_metadata(cleaned) or cleaned  # SiteImage stores and hashes these bytes
    kept.seek(0)
    digest = hash_filelike(kept)
    known = SiteImage.objects.filter(file_hash=digest).first()
    if known is not None:
        return known
    cleaned.seek(0)
    image = SiteImage(title=(picture.caption or title or file.name)[:255], file=cleaned, credit=picture.credit[:120])
    image.file_size, image.file_hash = kept.size, digest
    image.save()
    return image


def _truncate(text: str, length: int) -> tuple[str, str]:
    """Returns the text, cut at a word if it exceeds `length`; and the whole text if it was cut, else empty."""
    if len(text) <= length:
        return text, ""
    return text[: length - 2].rsplit(" ", 1)[0] + " …", text
