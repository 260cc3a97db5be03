"""Makes the admin's API answer 400 where it cannot use a parameter. Wagtail checks only some of them."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

# Dates, keys and numbers that are none or too large; SQLite refuses a large offset as an IntegrityError.
_UNUSABLE = (ValueError, ValidationError, OverflowError, DataError, IntegrityError)

_handle_exception = BaseAPIViewSet.handle_exception
logger = logging.getLogger(__name__)


def handle_exception(self: Any, exc: Exception) -> Response:
    """Returns the answer to an error. One that a parameter may have caused is logged, since it may be a fault too."""
    given = self.request.GET
    has_null = any("\0" in value for value in given.values())
    # A search for no word, or with a filter that it does not have, is an AttributeError of the search backend.
    is_unusable = isinstance(exc, _UNUSABLE) or ("search" in given and isinstance(exc, AttributeError))
    if has_null or (given and is_unusable):
        logger.warning("The admin's API could not use a parameter.", exc_info=exc)
        exc = BadRequestError("a parameter has a value that cannot be used, alone or with the others")
    return _handle_exception(self, exc)


BaseAPIViewSet.handle_exception = handle_exception
