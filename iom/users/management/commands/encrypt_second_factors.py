from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from iom.users.sign_in.adapters import SecondFactorAdapter


class Command(BaseCommand):
    help = (
        "Encrypts the keys of authenticator apps and recovery codes with the present SECRET_KEY. Fails if "
        "SECRET_KEY_FALLBACKS lacks an earlier key."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, unreadable = 0, []
        with transaction.atomic():  # locks the rows: a recovery code used meanwhile stays used
            for factor in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).select_for_update():
                try:
                    factor.data |= {
                        name: SecondFactorAdapter().encrypt_again(factor.data[name])
                        for name in {"secret", "seed"} & factor.data.keys()
                    }
                except InvalidToken:
                    unreadable.append(str(factor.user_id))
                    continue
                factor.save(update_fields=["data"])
                done += 1
        if options["verbosity"]:
            self.stdout.write(f"{done} second factors are encrypted with the present SECRET_KEY.")
        if unreadable:
            accounts = ", ".join(sorted(set(unreadable)))
            raise CommandError(f"SECRET_KEY_FALLBACKS lacks the key of second factors of the accounts {accounts}.")
