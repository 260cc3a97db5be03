"""The keys of the translators’ editor (`static/js/admin/translation-keys.js`), for Wagtail’s dialog of shortcuts."""

from django.utils.translation import gettext_lazy as _

SHORTCUTS = [
    (_("Save and go to the next passage"), "Mod+Enter"),
    (_("Previous passage"), "Alt+ArrowUp"),
    (_("Next passage"), "Alt+ArrowDown"),
    (_("Bold"), "Mod+b"),
    (_("Italic"), "Mod+i"),
    (_("Link of the original"), "Mod+k"),
    (_("Insert the next term of the glossary"), "Alt+t"),
    (_("Restore the previous text"), "Alt+z"),
    (_("Insert the first translation of the memory"), "Alt+1"),
    (_("Publish the translation"), "Mod+Shift+Enter"),
]
_KEY_LABELS = {"Mod": "Ctrl / ⌘", "ArrowUp": "↑", "ArrowDown": "↓", "Enter": _("Enter"), "Shift": _("Shift")}


def localized_shortcuts() -> list[tuple[str, str]]:
    """Returns each shortcut's label and keys, in the language of the interface."""
    return [
        (str(label), " + ".join(str(_KEY_LABELS.get(key, key)) for key in keys.split("+")))
        for label, keys in SHORTCUTS
    ]
