from django.apps import AppConfig
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "iom.users"
    verbose_name = _("Users")
    default = True  # the settings name the other one

    def ready(self) -> None:
        CookieStorage.cookie_name = f"{settings.COOKIE_PREFIX}messages"
        from iom.users.sign_in import counting, first_password, log, periods, unreadable  # noqa: F401  they read models, which are not there before


class AccountScreensConfig(WagtailUsersAppConfig):
    """Wagtail's views of accounts and groups, with our views of accounts."""

    user_viewset = "iom.users.viewsets.UserViewSet"
