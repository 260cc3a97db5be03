from typing import Any

from iom.contacts.models import Office
from iom.core.forms import PageForm


class ArticleForm(PageForm):
    """A new article is issued by its author's office unless the author chooses another. Drafts may be unfinished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "office" in self.fields and self.instance.pk is None and not self.instance.office_id and self.for_user:
            self.initial["office"] = Office.objects.filter(staff__user=self.for_user).first()

    def full_clean(self) -> None:
        self.instance.is_unfinished = self.is_deferred_validation  # while a draft is saved, by hand or by itself
        super().full_clean()
