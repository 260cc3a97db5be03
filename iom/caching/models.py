from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentChange(models.Model):
    """The numbers whose sum is the content version. Only database triggers write them (`triggers`).

    SQLite has one row. PostgreSQL has one for each concurrent transaction, so that none waits for another.
    """

    number = models.BigIntegerField(_("number"))
    everywhere = models.BigIntegerField(_("changes that any page may show"), default=0, db_default=0)

    class Meta:
        verbose_name = _("content change")
        verbose_name_plural = _("content changes")

    def __str__(self) -> str:
        return str(self.number)
