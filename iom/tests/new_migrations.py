"""`python -m iom.tests.new_migrations`: lints the migrations that are newer than the rule for migrations.

It runs in a process of its own: the linter cannot ask SQLite for the SQL of a migration within a test's transaction.
"""

import json
import os
import sys
from pathlib import Path

import django

LAST_BEFORE = {
    "aboutus": 8,
    "caching": 2,
    "contacts": 7,
    "editorial": 5,
    "home": 8,
    "listing": 2,
    "media": 6,
    "newsroom": 14,
    "publishing": 2,
    "search": 4,
    "translation": 6,
    "users": 2,
}
# SQLite rebuilds the tables of these, and the linter reports all columns as new. New columns have a database default.
REBUILT_TABLES = {
    ("aboutus", "0012_keywords"),
    ("contacts", "0008_staff_of_several_offices"),
    ("home", "0010_lead_story_of_any_type"),
    ("home", "0011_keywords"),
    ("listing", "0008_longer_values"),
    ("newsroom", "0017_topic_texts"),
    ("newsroom", "0018_reference"),
    ("newsroom", "0019_keywords"),
    ("translation", "0008_memory"),
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.development")
    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django_migration_linter import MigrationLinter

    linter, linted = MigrationLinter(str(settings.BASE_DIR), no_cache=True), []
    for (app, name), migration in MigrationLoader(connection).disk_migrations.items():
        folder = Path(apps.get_app_config(app).path)
        is_ours = folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts
        if is_ours and int(name[:4]) > LAST_BEFORE.get(app, 0) and (app, name) not in REBUILT_TABLES:
            linter.lint_migration(migration)
            linted.append(name)
    sys.stdout.write(f"{json.dumps([linted, linter.nb_erroneous])}\n")


if __name__ == "__main__":
    main()
