from django.db import models


class ArchiveImport(models.Model):
    """The last run of `manage.py import_news`: one row."""

    ended_at = models.DateTimeField(auto_now=True)
    failed = models.JSONField(default=dict)  # the reason, by file

    def __str__(self) -> str:
        return str(self.ended_at)
