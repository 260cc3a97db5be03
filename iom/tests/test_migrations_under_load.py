"""A new migration can be applied while the previous version runs: it removes nothing that this version needs.

The test skips migrations that are older than this rule.
"""

import json
import os
import subprocess
import sys

from django.conf import settings


def test_new_migrations_are_compatible_with_the_previous_version(tmp_path):
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "iom.settings.development"}
    command = [sys.executable, "-m", "iom.tests.new_migrations"]
    result = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    linted, wrong = json.loads(result.stdout.splitlines()[-1])

    assert "0003_sessions_ended_at" in linted
    assert wrong == 0, result.stdout
