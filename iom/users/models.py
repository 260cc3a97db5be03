from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from iom.users import KNOWN_PASSWORD
from iom.values import CheckedValues


class UserManager(BaseUserManager["User"]):
    """Finds users by email address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Creates a user, without `password` with an unusable one. Raises ValueError without an email address."""
        if not email:
            raise ValueError("A user needs an email address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Creates a user with every permission."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def with_known_password(self) -> list["User"]:
        """Returns the active accounts of the demonstration (at example.org) that have the password of README.md."""
        people = self.filter(email__endswith="@example.org", is_active=True)
        return [user for user in people if user.check_password(KNOWN_PASSWORD)]


class User(CheckedValues, AbstractUser):  # type: ignore[django-manager-missing]
    """A user of the admin, who signs in with an email address, unique whatever its case."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("email address"), unique=True)
    sessions_ended_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_whatever_its_case",
                violation_error_message=_("A user with this email address already exists."),
            )
        ]
        # In addition to Wagtail's page permissions; iom.core.permissions enforces them.
        permissions = [
            ("retire_page", _("Can unpublish, move and delete pages")),
            ("edit_home", _("Can edit the home pages")),
            ("write_original", _("Can write and edit originals, not only translations")),
            ("all_offices", _("Can work on the texts of all offices and see limited drafts")),
            ("skip_review", _("Can publish without the review that is asked for, giving a reason")),
        ]

    def end_sessions(self) -> None:
        """Signs the user out of all browsers."""
        self.sessions_ended_at = timezone.now()
        self.save(update_fields=["sessions_ended_at"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Also changes when sessions are ended, so that all sessions from before become invalid."""
        inherited = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        value = f"{inherited}{self.sessions_ended_at}"
        return salted_hmac("sessions", value, secret=secret, algorithm="sha256").hexdigest()

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()
