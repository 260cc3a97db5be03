"""What is wrong with a translation beside its original, before readers have it. Each module registers its checks."""

from importlib import import_module

# A module for each
FAMILIES = ("numbers", "markup", "names", "terms", "wording")


def load() -> None:
    """Registers the checks."""
    for family in FAMILIES:
        import_module(f"iom.translation.checks.{family}")
