"""A release becomes a draft of the newsroom, and its record says what was read and what was written."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from newsroom.dates import day_of, noon
from newsroom.importing import body, images, report, written
from newsroom.importing.facts import Facts
from newsroom.importing.people import People
from newsroom.importing.release import Block, LeftOut, Paragraph, Picture, PressRelease
from newsroom.importing.remarks import Remark, remark
from newsroom.importing.structure import places
from newsroom.models import ArticleContact, ArticleCountry, ImportedText, NewsArticle, NewsIndex


def draft(
    release: PressRelease,
    index: NewsIndex,
    user: Any,
    *,
    facts: Facts | None = None,
    people: People | None = None,
    record: ImportedText | None = None,
) -> NewsArticle:
    """The draft of the release below `index`, with a revision; `article.imported_text` says what was not carried.

    With `record`, the draft that it speaks of is written anew; the caller has seen that nobody has edited it. `people`
    spares an import of many texts the reading of all contacts for each.
    """
    facts = facts or Facts()
    writing = Writing(release, index, facts, people or People())
    page = record.page.specific.get_latest_revision_as_object() if record and record.page else None
    article = page or NewsArticle(locale=index.locale, owner=user, live=False)
    writing.fill(article)
    if page is None:
        article._is_site_root = False  # Wagtail asks the database otherwise, at each save
        index.add_child(instance=article)
        article.topics = article.corrections = article.related_articles = []  # not to be asked for, either
    elif not article.live:
        article.save()
    revision = article.save_revision(user=user, clean=False)  # a draft may be unfinished: without date, or alternative
    article.imported_text = writing.keep(record or ImportedText(), article.pk, written.digest(revision.content))
    return article


class Writing:
    """One release on its way to an article. With `rehearses` it makes no pictures, and is not to be saved."""

    def __init__(
        self, release: PressRelease, index: NewsIndex, facts: Facts, people: People, rehearses: bool = False
    ) -> None:
        self._release = release
        self._index = index
        self._facts = facts
        self._people = people
        self._rehearses = rehearses
        self._notes: list[Remark] = []
        self._left: list[LeftOut] = []
        self.proposed_countries: list[str] = []

    def fill(self, article: NewsArticle) -> None:
        """Writes all that the release says into the article."""
        release, facts = self._release, self._facts
        self.fill_words(article)
        article.kind = facts.kind or release.kind or NewsArticle.Kind.PRESS_RELEASE
        article.scope = facts.scope or release.scope or NewsArticle.Scope.GLOBAL
        day = facts.date or release.date
        article.date = noon(day) if day else None
        article.office = facts.office
        contacts, notes = self._people.contacts(release.contacts, day or self._likely_day(), facts.office)
        self._notes += notes
        article.contacts = [ArticleContact(contact=contact) for contact in contacts]
        if facts.countries is not None:
            article.countries = [ArticleCountry(country=code) for code in facts.countries]
        else:
            self._propose_countries()

    def fill_words(self, article: NewsArticle) -> None:
        """Writes what every language has of its own: title, summary, place, text, the words of the pictures."""
        release = self._release
        before = list(release.blocks)
        article.title, rest = _fitting(release.title, 255)
        article.summary, too_long = _fitting(release.summary, 320)
        before = [_paragraph(text) for text in (rest, too_long) if text] + before
        with override(self._index.locale.language_code):
            article.title = article.title or _("Without a title")
        article.draft_title = article.title
        article.place, rest = _fitting(release.dateline.place, 120)
        if rest:
            self.leave(rest, remark("long place"))
        self._write_lead_picture(article)
        article.body = body.with_known_ids(
            body.stored(before, self._pictures(before)), article.body.get_prep_value() if article.pk else []
        )

    def note_what_differs(self, original: NewsArticle) -> None:
        """A translation has date and contacts of its original; where its own text says otherwise, it is noted."""
        people = [row.contact for row in original.contacts.all()]
        for one in self._release.contacts:
            if self._people.known(one) not in people:
                who = one.name or one.email or one.phone
                self.note(remark("not the original's contact", who=who))
        day = self._release.date
        if day and original.date and day != day_of(original.date):
            self.note(remark("not the original's date", day=day))

    def keep(self, record: ImportedText, page: int, digest: str) -> ImportedText:
        """Saves what was read and what was written; `digest`: of the latter."""
        facts = self._facts
        record.page_id = page
        record.file, record.digest = facts.file, facts.digest
        record.facts, record.old_address = facts.as_json(), facts.old_address
        record.written = digest
        record.report, record.countries = self.line(), self.proposed_countries
        record.save()
        return record

    def note(self, what: Remark) -> None:
        """Something that an officer should look at."""
        self._notes.append(what)

    def leave(self, text: str, why: Remark) -> None:
        """Words of the release that are not in the article."""
        self._left.append(LeftOut(text, why))

    def line(self) -> dict[str, Any]:
        """The report's, with what was noted on the way."""
        release, facts = self._release, self._facts
        day = facts.date or release.date
        told = replace(
            release,
            left_out=(*release.left_out, *self._left),
            notes=(*release.notes, *self._notes),
            kind=facts.kind or release.kind,
            scope=facts.scope or release.scope,
            locale=self._index.locale.language_code,
            date=day,
            proposal=None if day else release.proposal,
        )
        return report.line(told)

    def _likely_day(self) -> datetime.date | None:
        """Good enough to tell whether a person has moved on; never written into the article."""
        return self._release.proposal.date if self._release.proposal else None

    def _propose_countries(self) -> None:
        """Those of the dateline, for an officer to confirm."""
        self.proposed_countries = places.countries(self._release.dateline.place)
        if self.proposed_countries:
            self.note(remark("countries", codes=self.proposed_countries))

    def _write_lead_picture(self, article: NewsArticle) -> None:
        picture = self._release.picture
        article.lead_picture = None
        if picture is None:
            return
        image = self._image(picture)
        if image is None:
            self._leave_words(picture)
            return
        article.lead_picture_id = image
        article.picture_caption, rest = _fitting(picture.caption, 320)
        article.picture_alt = picture.file.alt[:255] if picture.file else ""
        if rest:
            self.leave(rest, remark("long caption"))

    def _pictures(self, blocks: Iterable[Block]) -> dict[int, int]:
        """By the place of a block, the key of its picture."""
        made = {}
        for place, block in enumerate(blocks):
            if isinstance(block, Picture):
                image = self._image(block)
                if image is None:
                    self._leave_words(block)
                else:
                    made[place] = image
        return made

    def _image(self, picture: Picture) -> int | None:
        if picture.file is None or not picture.file.data or self._rehearses:
            return None
        image, reason = images.image(picture, self._release.title)
        if reason:
            self.note(reason)
        return image.pk if image else None

    def _leave_words(self, picture: Picture) -> None:
        if self._rehearses and picture.file and picture.file.data:
            return
        words = "\n".join(
            part for part in (picture.caption, picture.credit, picture.file.alt if picture.file else "") if part
        )
        if words:
            self.leave(words, remark("picture to add"))


def index_of(language: str) -> NewsIndex | None:
    """The newsroom of a language; None where there is none."""
    locale = Locale.objects.filter(language_code=language).first()
    return NewsIndex.objects.filter(locale=locale, alias_of=None).select_related("locale").first()


def _fitting(text: str, length: int) -> tuple[str, str]:
    """The text, cut at a word where it is too long for its field; then the whole text besides, else nothing."""
    if len(text) <= length:
        return text, ""
    return text[: length - 2].rsplit(" ", 1)[0] + " …", text


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text, body.escaped(text))
