from importlib import import_module

from django.apps import AppConfig

# A module for each family of checks, in the order of their findings
FAMILIES = ("destinations", "duplicates", "outline", "errors", "sentences", "typography", "wording")


class ChecksConfig(AppConfig):
    name = "iom.checks"

    def ready(self) -> None:
        for family in FAMILIES:
            import_module(f"iom.checks.{family}")
