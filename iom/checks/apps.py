from importlib import import_module

from django.apps import AppConfig

# A module for each
FAMILIES = ("destinations", "duplicates", "outline", "refusals", "sentences", "typography", "wording")


class ChecksConfig(AppConfig):
    name = "iom.checks"

    def ready(self) -> None:
        for family in FAMILIES:
            import_module(f"iom.checks.{family}")
