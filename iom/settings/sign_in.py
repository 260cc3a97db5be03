"""Settings of sign-in with django-allauth (iom.users.sign_in)."""

from typing import Any
from urllib.parse import urlsplit

from .variables import env, split_address

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword")
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "iom.users.passwords.PredictablePasswordValidator"})
COOKIE_PREFIX = ""  # of all cookies; set in iom.settings.production
# Seconds after sign-in: people sign in once a working day
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 16, least=1) * 3600
SESSION_IDLE_HOURS = env.number("SESSION_IDLE_HOURS", 4, least=1)  # after the last use
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "account_login"
# Values: iom.users.sign_in.second_factor
REQUIRE_SECOND_FACTOR = env.one_of("REQUIRE_SECOND_FACTOR", "nobody", "nobody", "publishers", "everybody")
ACCOUNT_ADAPTER = "iom.users.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_RATE_LIMITS = {"login": None}  # iom.users.limits limits passwords; allauth limits second factors
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds: administrators change several accounts in a row
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "iom.users.sign_in.forms.ForgottenPasswordForm"
WAGTAILUSERS_PASSWORD_ENABLED = False  # users choose theirs by a link (iom.users.sign_in.password_links)
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # whoever controls the address can reset the password
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators enter the addresses
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of new and removed second factors
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
USERSESSIONS_ADAPTER = "iom.users.sign_in.adapters.SessionsAdapter"
MFA_ADAPTER = "iom.users.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
ACCOUNT_FORMS = {"login": "iom.users.sign_in.forms.SignInForm"}
MFA_FORMS = {"add_webauthn": "iom.users.sign_in.forms.AddPasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds: the clocks of telephones differ

# Single sign-on at the organization, with OpenID Connect
SSO_ACR = env.several("SSO_ACR")  # the values of `acr` that mean that a second factor was given
if SSO_URL := env.server("SSO_URL", "", split_address, ("http", "https")).geturl():
    SOCIALACCOUNT_ADAPTER = "iom.users.sign_in.single_sign_on.SingleSignOnAdapter"
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "AUTH_PARAMS": {"acr_values": " ".join(SSO_ACR)} if SSO_ACR else {},
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": env.str("SSO_NAME", urlsplit(SSO_URL).hostname),
                    "client_id": env.str("SSO_CLIENT_ID"),
                    "secret": env.str("SSO_CLIENT_SECRET"),
                    "settings": {"server_url": SSO_URL},
                }
            ],
        }
    }
