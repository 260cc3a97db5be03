"""Reads the forms of an HTML page, and the values that a browser would send."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag


@dataclass
class Form:
    """A form, and the values that a browser sends if it is submitted without changes, by name."""

    action: str
    tag: Tag
    values: dict[str, list[str]] = field(default_factory=dict)

    def inputs(self, **attributes):
        return self.tag.find_all("input", attrs=attributes)

    @property
    def file_names(self):
        return [one["name"] for one in self.inputs(type="file") if one.get("name")]


def forms(html, address=""):
    """Returns the forms of a page that use POST."""
    found = BeautifulSoup(html, "html.parser").find_all("form")
    posted = [one for one in found if one.get("method", "").lower() == "post"]
    return [Form(one.get("action") or address, one, _values(one)) for one in posted]


def _values(form):
    values: dict[str, list[str]] = {}
    for control in form.find_all(["input", "select", "textarea"]):
        name, kind = control.get("name"), control.get("type", "text").lower()
        if not name or control.has_attr("disabled") or control.find_parent("template") or kind in ("file", "submit"):
            continue
        values.setdefault(name, []).extend(_sent(control, kind))
    return {name: sent for name, sent in values.items() if sent}


def _sent(control, kind):
    """Returns the values that a control sends."""
    if control.name == "select":
        chosen = control.find_all("option", selected=True)
        if not chosen and not control.has_attr("multiple"):
            chosen = control.find_all("option")[:1]
        return [option.get("value", option.get_text()) for option in chosen]
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [control.get("value", "")]
