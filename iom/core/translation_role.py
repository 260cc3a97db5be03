"""Which part a page has among the pages of one text in several languages. Nothing else answers this question."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource


class Role(Enum):
    """Each page has exactly one role: the first in this order that applies.

    Rows of localize (`Translation`) lead from the text of an original into a language; a page is at the end of a row
    that leads into its language, and at the beginning of one that leads from it.
    """

    # Wagtail keeps it the same as another page.
    ALIAS = "alias"
    # It is at the end of an enabled row: its text is written in segments, on the translation desk.
    TRANSLATION = "translation"
    # It says what another page says and is edited by itself: it is at the end of a disabled row only, or no row knows
    # it and a page of the same text is older.
    DETACHED = "detached"
    # It is at the beginning of a row, enabled or not.
    ORIGINAL = "original"
    # All others: nobody has submitted it for translation. So is a page that has not been saved yet, and the root.
    UNTRANSLATED = "untranslated"

    @property
    def is_submittable(self) -> bool:
        """Whether the page may be given to translators."""
        return self in (Role.ORIGINAL, Role.UNTRANSLATED)


def role_of(page: Page) -> Role:
    """The role that a page has now, in one query."""
    return roles_of([page]).get(page.pk, Role.ALIAS if page.alias_of_id else Role.UNTRANSLATED)


def roles_of(pages: Iterable[Page]) -> dict[Any, Role]:
    """The roles of pages by primary key, in one query for all."""
    aliases = {page.pk: Role.ALIAS for page in pages if page.alias_of_id}
    others = [page.pk for page in pages if page.pk is not None and page.pk not in aliases]
    if not others:
        return aliases
    # From the source: SQLite would read all translations into the language for each page.
    text = TranslationSource.objects.filter(object_id=OuterRef("translation_key"))
    into = {"translations__target_locale": OuterRef("locale")}
    older = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    rows = Page.objects.filter(pk__in=others).values_list(
        "pk",
        Exists(text.filter(**into, translations__enabled=True)),
        Exists(text.filter(**into)),
        Exists(text.filter(locale=OuterRef("locale"), translations__isnull=False)),
        Exists(older),
    )
    return aliases | {pk: _role(*answers) for pk, *answers in rows.order_by()}


def role_at_end_of(translation: Translation) -> Role:
    """The role of the page that a row of localize leads to, without a query."""
    return Role.TRANSLATION if translation.enabled else Role.DETACHED


def _role(is_on_desk: bool, is_known: bool, is_source: bool, has_older: bool) -> Role:
    if is_on_desk:
        return Role.TRANSLATION
    if is_known:
        return Role.DETACHED
    if is_source:
        return Role.ORIGINAL
    return Role.DETACHED if has_older else Role.UNTRANSLATED
