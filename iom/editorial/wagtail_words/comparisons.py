"""Yes and no in comparisons of two versions, where Wagtail writes « True » and « False » in all languages."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from wagtail.admin.compare import FieldComparison, RichTextBlockComparison, register_comparison_class
from wagtail.blocks import BooleanBlock


def write_yes_and_no() -> None:
    register_comparison_class(models.BooleanField, comparison_class=YesNoComparison)
    BooleanBlock.get_comparison_class = lambda block: YesNoBlockComparison


def _word(value: Any) -> str:
    return gettext("Yes") if value else gettext("No")


class YesNoComparison(FieldComparison):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.val_a, self.val_b = (_word(getattr(self, name)) for name in ("val_a", "val_b"))


class YesNoBlockComparison(RichTextBlockComparison):
    def __init__(self, block: Any, exists_a: bool, exists_b: bool, val_a: Any, val_b: Any) -> None:
        super().__init__(block, exists_a, exists_b, _word(val_a), _word(val_b))

    def htmlvalue(self, val: Any) -> str:
        return _word(val)
