from datetime import date
from decimal import Decimal

from django.core.validators import DecimalValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, DateBlock, DecimalBlock, ListBlock, StructValue

from iom.core.blocks import plain_text
from iom.core.blocks.struct import FieldsBlock
from iom.core.tabular import Cell, Tabular
from iom.core.templatetags.site import date_text, number, year
from iom.links import WebAddressBlock
from iom.values import validate_year

_DIGITS_VALIDATOR = DecimalValidator(max_digits=18, decimal_places=6)  # `1e400` cannot be printed


class FigureBlock(FieldsBlock):
    """A number, with what it counts, its source and date."""

    number = DecimalBlock(
        label=_("Number"),
        help_text=_("Digits only. Separators are added for each language."),
        validators=[_DIGITS_VALIDATOR],
    )
    unit = CharBlock(label=_("Unit"), required=False, help_text=_("For example % or million."))
    label = CharBlock(label=_("What the number shows"))
    source = CharBlock(label=_("Source"), required=False)
    source_url = WebAddressBlock(label=_("Web address of the source"), required=False)
    date = DateBlock(label=_("Date of the number"), required=False, validators=[validate_year])
    is_year = BooleanBlock(label=_("The number is a year"), required=False)


def _format_figure(figure: StructValue) -> str:
    """Returns `25 000 réfugiés réinstallés au Canada (OIM, 29 février 2016)`."""
    amount = year(figure["number"]) if figure["is_year"] else number(figure["number"])
    unit = figure["unit"]
    if unit == "%":
        amount, unit = gettext("%(number)s per cent") % {"number": amount}, ""
    source = ", ".join(part for part in (figure["source"], date_text(figure["date"])) if part)
    figure_text = " ".join(part for part in (amount, unit, figure["label"]) if part)
    return f"{figure_text} ({source})" if source else figure_text


class KeyFiguresBlock(Tabular, FieldsBlock):
    """Large figures, each with its source and date."""

    title = CharBlock(label=_("Title"), required=False)
    figures = ListBlock(FigureBlock(), label=_("Figures"), min_num=1)

    def rows(self, value: StructValue) -> list[list[Cell]]:
        names = ("label", "number", "unit", "date", "source", "source_url")
        fields = self.child_blocks["figures"].child_block.child_blocks
        return [
            [str(fields[name].label) for name in names],
            *([one[name] for name in names] for one in value["figures"]),
        ]

    def table_title(self, value: StructValue) -> str:
        return str(value["title"])

    def passages(self, value: StructValue) -> list[str]:
        return [value["title"], plain_text.format_list(map(_format_figure, value["figures"]))]

    class Meta:
        icon = "decimal"
        label = _("Key figures")
        description = _("Numbers in large type, with source and date.")
        template = "blocks/key_figures.html"
        preview_value = {
            "title": _("In figures"),
            "figures": [
                {
                    "number": Decimal(25000),
                    "unit": "",  # as the editor stores it; localize fails on a missing text
                    "label": _("people resettled in four months"),
                    "source": _("Government figures"),
                    "source_url": "",
                    "date": date(2016, 2, 29),
                }
            ],
        }
