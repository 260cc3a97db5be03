from django.apps import AppConfig
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "iom.users"
    verbose_name = _("Users")
    default = True  # the settings name the other class by its path

    def ready(self) -> None:
        CookieStorage.cookie_name = f"{settings.COOKIE_PREFIX}messages"
        # These modules import models, which are not loaded before.
        from iom.users.sign_in import attempt_cache, log, password_links, session_expiry, unreadable_secrets  # noqa: F401


class AccountScreensConfig(WagtailUsersAppConfig):
    """Wagtail's app of accounts and groups, with our view set of accounts."""

    user_viewset = "iom.users.viewsets.UserViewSet"
