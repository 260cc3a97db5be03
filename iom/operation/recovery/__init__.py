"""Backups of the database and the media, and their return into an empty site (docs/operators.md, Backups).

`stores` are the places of backups, `sets` one backup with its manifest. `sealing` encrypts. `databases` and `rows`
copy the database, `media` the files. `taking` and `restoring` put them together; `schedule` takes backups regularly.
"""

from django.core.management.base import CommandError


class RecoveryError(CommandError):
    """Why a backup cannot be taken, read or restored, in a sentence for operators."""
