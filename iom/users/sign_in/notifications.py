"""Emails that notify users of changes to their accounts, which somebody else may have made."""

import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from iom.users import emails
from iom.users.models import User

FACTORS = gettext_lazy("A passkey, an authenticator app or recovery codes were added to your account, or removed.")
PASSWORD = gettext_lazy("The password of your account was changed.")
ADDRESS = gettext_lazy("The email address of your account was changed.")

logger = logging.getLogger(__name__)


def notify(user: User, what: Promise, *addresses: str) -> None:
    """Sends an email in the user's language after the transaction is committed, by default to the user's address."""
    transaction.on_commit(partial(_send, user, what, addresses or (user.email,)))


def _send(user: User, what: Promise, addresses: tuple[str, ...]) -> None:
    try:
        with override(emails.language_of(user)):
            subject, context = gettext("The security of your account has changed"), {"what": what}
            for address in addresses:
                message = emails.build_message(
                    user, subject, "account/changed.txt", context | {"site": settings.SITE_URL}
                )
                message.to = [address]
                emails.send(message)
    except OSError:  # the mail server fails; the change itself is done and logged
        logger.exception("Account %s: the email about a change of the account could not be sent", user.pk)
