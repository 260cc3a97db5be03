"""How a field behaves across languages.

Each field of a page is declared with one of these four functions in `override_translatable_fields`. A system check in
`iom.core.checks` reports fields that are not declared.
"""

from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

Declaration = list[BaseTranslatableField]


def translated(*names: str) -> Declaration:
    """Fields with text for translators."""
    return [TranslatableField(name) for name in names]


def shared(*names: str) -> Declaration:
    """Fields with the original's value in all languages."""
    return [SynchronizedField(name, overridable=False) for name in names]


def overridable(*names: str) -> Declaration:
    """Fields with the original's value, unless a translator chooses another one for a language."""
    return [SynchronizedField(name) for name in names]


def per_language(*names: str) -> Declaration:
    """Fields with a value of their own in each language, which is never synchronized and needs no translation."""
    return [BaseTranslatableField(name) for name in names]
