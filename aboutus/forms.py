from typing import Any

from django import forms

from aboutus.goals import GOALS
from iom.core.forms import PageForm


class WorkPageForm(PageForm):
    """Goals are ticked by their names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "goals" in self.fields:
            self.fields["goals"] = forms.TypedMultipleChoiceField(
                label=self.fields["goals"].label,
                required=False,
                coerce=int,
                choices=[(number, f"{number}. {name}") for number, name in GOALS.items()],
                widget=forms.CheckboxSelectMultiple,
            )
