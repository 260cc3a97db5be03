from django.conf import settings
from django.db import models
from wagtail.models import Page, Revision


class JointPublication(models.Model):
    """An original that is ready and waits for its translation, so that both go live together."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="joint_publication")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True)  # no minute set: as soon as the translation is there
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    warned_at = models.DateTimeField(null=True)  # an hour before
    missed_at = models.DateTimeField(null=True)  # at the minute, the translation being incomplete

    def __str__(self) -> str:
        return f"{self.page_id}: {self.revision_id}"
