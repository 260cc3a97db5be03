from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from iom.contacts.models import Office


class ArticleForm(WagtailAdminPageForm):
    """A new article is issued by its author's office unless the author chooses another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "office" in self.fields and self.instance.pk is None and not self.instance.office_id and self.for_user:
            self.initial["office"] = Office.objects.filter(staff__user=self.for_user).first()
