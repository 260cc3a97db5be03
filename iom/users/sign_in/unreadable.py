"""Second factors that were encrypted with a SECRET_KEY that the site has no more: no code is right, none is left."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken

logger = logging.getLogger(__name__)


def or_else[T](otherwise: T, ask: Callable[..., T]) -> Callable[..., T]:
    """A method of allauth, which answers `otherwise` where the secret cannot be read."""

    @wraps(ask)
    def asked(factor: Any, *args: Any) -> T:
        try:
            return ask(factor, *args)
        except InvalidToken:
            logger.error("SECRET_KEY_FALLBACKS lacks the key of a second factor of %s", factor.instance.user_id)
            return otherwise

    return asked


TOTP.validate_code = or_else(False, TOTP.validate_code)
RecoveryCodes.generate_codes = or_else([], RecoveryCodes.generate_codes)
