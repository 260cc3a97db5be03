"""Second factors encrypted with an unknown SECRET_KEY: no code is accepted, and the list of codes is empty."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken

logger = logging.getLogger(__name__)


def return_if_unreadable[T](default: T, method: Callable[..., T]) -> Callable[..., T]:
    """Wraps a method of allauth so that it returns `default`, and logs an error, where the secret cannot be read."""

    @wraps(method)
    def wrapper(factor: Any, *args: Any) -> T:
        try:
            return method(factor, *args)
        except InvalidToken:
            logger.error(
                "SECRET_KEY_FALLBACKS lacks the key of a second factor of account %s", factor.instance.user_id
            )
            return default

    return wrapper


TOTP.validate_code = return_if_unreadable(False, TOTP.validate_code)
RecoveryCodes.generate_codes = return_if_unreadable([], RecoveryCodes.generate_codes)
