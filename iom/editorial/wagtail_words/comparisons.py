"""Readable comparisons of two versions: Wagtail shows « True » and « 2026-11-27 06:59:39.556122+00:00 »."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from wagtail.admin.compare import FieldComparison, RichTextBlockComparison, register_comparison_class
from wagtail.blocks import BooleanBlock


def register_comparisons() -> None:
    for field in (models.BooleanField, models.DateField, models.DateTimeField):
        register_comparison_class(field, comparison_class=WordsComparison)
    BooleanBlock.get_comparison_class = lambda block: YesNoBlockComparison


def _yes_or_no(value: Any) -> str:
    return gettext("Yes") if value else gettext("No")


def _in_words(value: bool | date | None) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return date_format(localtime(value), "DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
    return _yes_or_no(value)


class WordsComparison(FieldComparison):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        for name in ("val_a", "val_b"):
            setattr(self, name, _in_words(getattr(self, name)))


class YesNoBlockComparison(RichTextBlockComparison):
    def __init__(self, block: Any, exists_a: bool, exists_b: bool, val_a: Any, val_b: Any) -> None:
        super().__init__(block, exists_a, exists_b, _yes_or_no(val_a), _yes_or_no(val_b))

    def htmlvalue(self, val: Any) -> str:
        return _yes_or_no(val)
