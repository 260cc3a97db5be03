"""Backup and restore of the database and the uploaded files (docs/operators.md, Backups).

`stores` are the places of backups; `sets` reads and writes one backup with its manifest; `encryption` encrypts it.
`databases` and `rows` copy the database, `media` the files. `backups` and `restoring` combine them, and `schedule`
takes backups regularly.
"""

from django.core.management.base import CommandError


class RecoveryError(CommandError):
    """A backup cannot be taken, read or restored; the message tells operators why."""
