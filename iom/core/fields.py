"""How a field behaves across the languages. Every field of every page is declared with one of these four
(`override_translatable_fields`); iom.core.checks fails on one that is not."""

from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

Declaration = list[BaseTranslatableField]


def translated(*names: str) -> Declaration:
    """Text that translators write anew."""
    return [TranslatableField(name) for name in names]


def shared(*names: str) -> Declaration:
    """One value for all languages, the original's."""
    return [SynchronizedField(name, overridable=False) for name in names]


def overridable(*names: str) -> Declaration:
    """The original's value until a translator chooses another for one language."""
    return [SynchronizedField(name) for name in names]


def per_language(*names: str) -> Declaration:
    """Each language has its own, which neither synchronisation nor a missing translation ever touches."""
    return [BaseTranslatableField(name) for name in names]
