"""What an import has read of a page is forgotten with the deleted page: names, addresses and quotations."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from iom.publishing.models import DeletedPage
from newsroom.models import ImportedText


@receiver(post_delete, sender=DeletedPage)
def on_forgotten(sender: type[DeletedPage], **kwargs: object) -> None:
    """The file and its digest stay: it is not imported again. So does all that a restored page would have again."""
    emptied = DeletedPage.objects.values_list("emptied", flat=True)
    label = ImportedText._meta.label
    restorable = [key for references in emptied for model, key, *_value in references if model == label]
    forgotten = ImportedText.objects.filter(page=None).exclude(pk__in=restorable)
    forgotten.update(report={}, metadata={}, countries=[])
