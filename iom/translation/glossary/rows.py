"""The rows of the glossary for the import and export of files, independent of their format."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from iom.translation.models import Concept, Term
from iom.translation.models.glossary import NO_TERM

_FIELDS = ("domain", "status", "is_kept", "note")  # the fields of a concept beside its terms
_OTHER_FORMS = ("accepted", "forbidden")  # the fields of TermForms beside the preferred term


@dataclass(frozen=True)
class TermForms:
    """The terms of a concept in one language."""

    preferred: str
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A concept. `key`: its UUID or empty; `terms`: by language code; `where`: its place in the file, for messages.

    `absent`: the values that its file does not have, such as `note` or `accepted_fr`; existing ones stay.
    """

    terms: dict[str, TermForms]
    key: str = ""
    domain: str = ""
    status: str = Concept.Status.PROPOSED
    is_kept: bool = False
    note: str = ""
    where: str = ""
    absent: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass
class Outcome:
    """The result of an import in numbers of rows. `errors`: place and reason of each row that was left out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)


def export_rows() -> list[Row]:
    """Returns all concepts by domain, then by name in the active language. Makes two queries."""
    concepts = sorted(Concept.objects.prefetch_related("names"), key=lambda one: one.domain.casefold())
    return [row_from_concept(concept) for concept in concepts]


def row_from_concept(concept: Concept) -> Row:
    terms = {row.language: TermForms(row.name, tuple(row.others), tuple(row.banned)) for row in concept.names.all()}
    return Row(terms, str(concept.uuid), **{name: getattr(concept, name) for name in _FIELDS})


def import_rows(rows: Iterable[Row]) -> Outcome:
    """Adds concepts, or updates those with the same key or, for a row without a key, the same term.

    Languages and values that a row does not contain are not changed. An invalid row changes nothing. Each row has a
    transaction of its own, because on SQLite a long one would keep other users from signing in or publishing.
    """
    outcome, index = Outcome(), _ConceptIndex()
    for row in rows:
        try:
            concept = index.find_concept(row)
            if concept.pk:
                existing = row_from_concept(concept)
                row = _with_absent_values(row, existing)
                if _is_same(row, existing):
                    outcome.unchanged += 1
                    continue
            is_new = concept.pk is None
            _update_concept(concept, row)
            concept.save()
        except ValidationError as error:
            outcome.errors.append((row.where, " ".join(error.messages)))
        else:
            index.add(concept)
            outcome.added += is_new
            outcome.changed += not is_new
    return outcome


class _ConceptIndex:
    """The existing concepts by key and by preferred term. Makes two queries."""

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

    def find_concept(self, row: Row) -> Concept:
        """Returns the concept of a row, or a new one. Raises ValidationError for a bad key or an ambiguous term."""
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


def _with_absent_values(row: Row, existing: Row) -> Row:
    """Returns the row with the existing values that its file does not have."""
    terms = dict(row.terms)
    for code in terms.keys() & existing.terms.keys():
        forms, before = terms[code], existing.terms[code]
        kept = {name: getattr(before, name) for name in _OTHER_FORMS if f"{name}_{code}" in row.absent}
        others: Any = {name: tuple(term for term in found if term != forms.preferred) for name, found in kept.items()}
        terms[code] = replace(forms, **others)
    return replace(row, terms=terms, **{name: getattr(existing, name) for name in _FIELDS if name in row.absent})


def _is_same(row: Row, existing: Row) -> bool:
    shared = all(getattr(row, name) == getattr(existing, name) for name in _FIELDS)
    return shared and row.terms.items() <= existing.terms.items()


def _update_concept(concept: Concept, row: Row) -> None:
    """Sets the fields and terms of a concept without saving it. Raises ValidationError."""
    terms = {code: forms for code, forms in row.terms.items() if forms.preferred.strip()}
    if unknown := sorted(terms.keys() - dict(settings.LANGUAGES).keys()):
        raise ValidationError(gettext("The site does not have this language: %(code)s.") % {"code": unknown[0]})
    if not terms:
        raise ValidationError(NO_TERM)
    before = list(concept.names.all())
    changed = Concept(**{name: getattr(row, name) for name in _FIELDS})
    changed.clean_fields(exclude=["uuid"])
    names = {one.language: one for one in before}
    for code, forms in terms.items():
        existing = names.get(code)
        names[code] = Term(
            pk=existing.pk if existing else None,
            language=code,
            name=forms.preferred.strip(),
            accepted="\n".join(forms.accepted),
            forbidden="\n".join(forms.forbidden),
        )
        names[code].clean_fields(exclude=["concept"])
        names[code].clean()
    for name in _FIELDS:
        setattr(concept, name, getattr(changed, name))
    concept.names = list(names.values())
