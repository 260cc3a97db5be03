"""The glossary as rows, which files of all formats are read into and written from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from iom.translation.models import Concept, Term
from iom.translation.models.glossary import NO_TERM

_OWN = ("domain", "status", "is_kept", "note")  # what a concept has beside its terms


@dataclass(frozen=True)
class Forms:
    """The terms of a concept in one language."""

    preferred: str
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A concept. `key`: its UUID, or empty; `terms`: by the code of the language; `where` names it in messages."""

    terms: dict[str, Forms]
    key: str = ""
    domain: str = ""
    status: str = Concept.Status.PROPOSED
    is_kept: bool = False
    note: str = ""
    where: str = ""


@dataclass
class Outcome:
    """What has become of the rows of a file. `errors`: of each row that was left out, where it is and why."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)


def export_rows() -> list[Row]:
    """All concepts, by domain, in the order of the names in the interface's language. Two queries."""
    concepts = sorted(Concept.objects.prefetch_related("names"), key=lambda one: one.domain.casefold())
    return [row_of(concept) for concept in concepts]


def row_of(concept: Concept) -> Row:
    terms = {row.language: Forms(row.name, tuple(row.others), tuple(row.banned)) for row in concept.names.all()}
    return Row(terms, str(concept.uuid), **{name: getattr(concept, name) for name in _OWN})


def import_rows(rows: Iterable[Row]) -> Outcome:
    """Adds the rows to the glossary, or changes what has the same key or, without one, the same term.

    A language that a row does not have stays as it is. A row that is not usable changes nothing. Each is written by
    itself: on SQLite nobody could sign in or publish until the last one is.
    """
    outcome, known = Outcome(), _Known()
    for number, row in enumerate(rows, start=1):
        where = row.where or gettext("Line %(number)d") % {"number": number}
        try:
            concept = known.concept_of(row)
            if concept.pk and _is_same(row, row_of(concept)):
                outcome.unchanged += 1
                continue
            is_new = concept.pk is None
            _fill(concept, row)
            concept.save()
        except ValidationError as error:
            outcome.errors.append((where, " ".join(error.messages)))
        else:
            known.add(concept)
            outcome.added += is_new
            outcome.changed += not is_new
    return outcome


class _Known:
    """The concepts that there are, by key and by preferred term. Two queries."""

    def __init__(self) -> None:
        self.by_key: dict[str, Concept] = {}
        self.by_term: dict[tuple[str, str], set[str]] = {}
        for concept in Concept.objects.prefetch_related("names"):
            self.add(concept)

    def add(self, concept: Concept) -> None:
        key = str(concept.uuid)
        self.by_key[key] = concept
        for row in concept.names.all():
            self.by_term.setdefault((row.language, row.name.casefold()), set()).add(key)

    def concept_of(self, row: Row) -> Concept:
        """The one that the row is about, else a new one. Raises ValidationError where that is not certain."""
        if row.key:
            try:
                key = str(UUID(row.key))
            except ValueError as error:
                raise ValidationError(gettext("“%(key)s” is no identifier.") % {"key": row.key}) from error
            return self.by_key.get(key) or Concept(uuid=UUID(key))
        same = [self.by_term.get((code, forms.preferred.casefold()), set()) for code, forms in row.terms.items()]
        found = set.intersection(*same) or set.union(*same) if same else set()
        found = {key for key in found if not row.domain or self.by_key[key].domain in ("", row.domain)}
        if len(found) > 1:
            raise ValidationError(gettext("Several entries of the glossary have this term. Give its identifier."))
        return self.by_key[found.pop()] if found else Concept()


def _is_same(row: Row, there: Row) -> bool:
    shared = all(getattr(row, name) == getattr(there, name) for name in _OWN)
    return shared and row.terms.items() <= there.terms.items()


def _fill(concept: Concept, row: Row) -> None:
    """Raises ValidationError, before anything is saved."""
    terms = {code: forms for code, forms in row.terms.items() if forms.preferred.strip()}
    if unknown := sorted(terms.keys() - dict(settings.LANGUAGES).keys()):
        raise ValidationError(gettext("The site does not have this language: %(code)s.") % {"code": unknown[0]})
    if not terms:
        raise ValidationError(NO_TERM)
    before = list(concept.names.all())
    changed = Concept(**{name: getattr(row, name) for name in _OWN})
    changed.clean_fields(exclude=["uuid"])
    names = {one.language: one for one in before}
    for code, forms in terms.items():
        there = names.get(code)
        names[code] = Term(
            pk=there.pk if there else None,
            language=code,
            name=forms.preferred.strip(),
            accepted="\n".join(forms.accepted),
            forbidden="\n".join(forms.forbidden),
        )
        names[code].clean_fields(exclude=["concept"])
        names[code].clean()
    for name in _OWN:
        setattr(concept, name, getattr(changed, name))
    concept.names = list(names.values())
