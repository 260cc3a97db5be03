"""The role of a page among the pages of one text in several languages. Only this module determines it."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource


class Role(Enum):
    """Each page has exactly one role: the first in this order that applies.

    A row of localize's model `Translation` connects the text of an original with a target language. A page is the
    target of a row if the row leads into its language, and the source of a row that leads from its language.
    """

    # Wagtail keeps it identical to another page.
    ALIAS = "alias"
    # It is the target of an enabled row. Its text is written in segments, in the translation editor.
    TRANSLATION = "translation"
    # It is a version of another page but is edited by itself: it is the target of a disabled row only, or of no row,
    # and there is an older page of the same text.
    DETACHED = "detached"
    # It is the source of a row, enabled or not.
    ORIGINAL = "original"
    # All others, which nobody has submitted for translation. Unsaved pages and the root page are among them.
    UNTRANSLATED = "untranslated"

    @property
    def is_submittable(self) -> bool:
        """Whether the page may be submitted for translation."""
        return self in (Role.ORIGINAL, Role.UNTRANSLATED)


def role_of(page: Page) -> Role:
    """Returns the current role of a page, with one query."""
    return roles_of([page]).get(page.pk, Role.ALIAS if page.alias_of_id else Role.UNTRANSLATED)


def roles_of(pages: Iterable[Page]) -> dict[Any, Role]:
    """Returns the roles of pages by primary key, with one query."""
    aliases = {page.pk: Role.ALIAS for page in pages if page.alias_of_id}
    others = [page.pk for page in pages if page.pk is not None and page.pk not in aliases]
    if not others:
        return aliases
    # The subqueries start from the source. Otherwise SQLite reads all translations into the language for each page.
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


def role_of_target(translation: Translation) -> Role:
    """Returns the role of the page that is the target of a row, without a query."""
    return Role.TRANSLATION if translation.enabled else Role.DETACHED


def _role(is_enabled_target: bool, is_target: bool, is_source: bool, has_older: bool) -> Role:
    if is_enabled_target:
        return Role.TRANSLATION
    if is_target:
        return Role.DETACHED
    if is_source:
        return Role.ORIGINAL
    return Role.DETACHED if has_older else Role.UNTRANSLATED
