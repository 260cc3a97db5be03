"""A new migration can be applied while the version before it serves: it takes away nothing that this needs.

Those that are older than this rule are not asked.
"""

import json
import os
import subprocess
import sys

from django.conf import settings

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
# In a process of its own: what a migration would say to SQLite cannot be asked within a transaction.
LINT = """
import json
from pathlib import Path
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

linter, linted = MigrationLinter(str(settings.BASE_DIR), no_cache=True), []
for (app, name), migration in MigrationLoader(connection).disk_migrations.items():
    folder = Path(apps.get_app_config(app).path)
    is_ours = folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts
    if is_ours and int(name[:4]) > LAST.get(app, 0):
        linter.lint_migration(migration)
        linted.append(name)
print(json.dumps([linted, linter.nb_erroneous]))
"""


def test_new_migrations_disturb_no_process_of_the_version_before(tmp_path):
    code = f"LAST = {json.dumps(LAST_BEFORE)}\n{LINT}"
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "iom.settings.development"}
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    said = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    linted, wrong = json.loads(said.stdout.splitlines()[-1])

    assert "0003_sessions_ended_at" in linted
    assert wrong == 0, said.stdout
