"""Makes the admin's API answer 400 where it cannot use a parameter. Wagtail checks only some of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

# Dates, keys and numbers that are none or too large; SQLite refuses a large offset as an IntegrityError. A search for
# no word, or with a filter that it does not have, is an AttributeError of the search backend.
UNUSABLE = (ValueError, ValidationError, OverflowError, DataError, IntegrityError, AttributeError)

_handle_exception = BaseAPIViewSet.handle_exception


def handle_exception(self: Any, exc: Exception) -> Response:
    has_null = any("\0" in value for value in self.request.GET.values())
    if has_null or (self.request.GET and isinstance(exc, UNUSABLE)):
        exc = BadRequestError("a parameter has a value that cannot be used, alone or with the others")
    return _handle_exception(self, exc)


BaseAPIViewSet.handle_exception = handle_exception
