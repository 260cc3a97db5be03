"""Why something has failed, in words for the person who can do something about it."""

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.translation import gettext, override


def of(error: Exception, model: type[Model]) -> dict[str, str]:
    """The reason in each language of the interface, by its code; `model` has the fields that a ValidationError names.

    It is kept and read later, by people of either language: messages that are to be read here are lazy ones.
    """
    words = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            words[code] = _words(error, model)
    return words


def _words(error: Exception, model: type[Model]) -> str:
    if isinstance(error, ValidationError):
        if not hasattr(error, "error_dict"):
            return " ".join(error.messages)
        return " ".join(_of_field(name, messages, model) for name, messages in error.message_dict.items())
    if isinstance(error, PermissionDenied) and str(error):
        return str(error)
    return gettext("A fault of the system (%(name)s). The administrators find it in the log.") % {
        "name": type(error).__name__
    }


def _of_field(name: str, messages: list[str], model: type[Model]) -> str:
    try:
        label = str(getattr(model._meta.get_field(name), "verbose_name", ""))
    except FieldDoesNotExist:  # of the page as a whole
        label = ""
    said = " ".join(messages)
    return gettext("%(field)s: %(message)s") % {"field": label.capitalize(), "message": said} if label else said
