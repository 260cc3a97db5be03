"""The languages in which records have their names side by side (`name_fr`, `name_en`): the site can have no other."""

from django.apps import apps
from django.conf import settings


def missing_names(language: str) -> list[str]:
    """The fields that a language needs and records do not have, such as `Office.name_es`; empty where it has all."""
    own = f"_{settings.LANGUAGE_CODE}"
    missing = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.local_fields}
        wanted = [name.removesuffix(own) + f"_{language}" for name in sorted(names) if name.endswith(own)]
        missing += [f"{model.__name__}.{name}" for name in wanted if name not in names]
    return missing


def refusal(language: str) -> str:
    """Why the site cannot have the language; empty where it can."""
    missing = missing_names(language)
    if not missing:
        return ""
    return f"The site has no names in this language ({language}). Fields that are missing: {', '.join(missing)}"
