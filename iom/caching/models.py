from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentChange(models.Model):
    """The content version is the sum of these numbers. Triggers of the database alone write them (`triggers`).

    SQLite needs one row. PostgreSQL has one for each transaction that is writing at the same time, so that none waits.
    """

    number = models.BigIntegerField(_("number"))
    everywhere = models.BigIntegerField(_("changes that any page may show"), default=0, db_default=0)

    class Meta:
        verbose_name = _("content change")
        verbose_name_plural = _("content changes")

    def __str__(self) -> str:
        return str(self.number)
