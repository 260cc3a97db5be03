"""How a field behaves across languages. Every field of a page is declared with one of these four functions in
`override_translatable_fields`; iom.core.checks fails on a field that is not."""

from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

Declaration = list[BaseTranslatableField]


def translated(*names: str) -> Declaration:
    """Text that translators translate."""
    return [TranslatableField(name) for name in names]


def shared(*names: str) -> Declaration:
    """The original's value in all languages."""
    return [SynchronizedField(name, overridable=False) for name in names]


def overridable(*names: str) -> Declaration:
    """The original's value, unless a translator chooses another one for a language."""
    return [SynchronizedField(name) for name in names]


def per_language(*names: str) -> Declaration:
    """Each language has its own value, which is never synchronized and needs no translation."""
    return [BaseTranslatableField(name) for name in names]
