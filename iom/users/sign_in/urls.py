"""The views of allauth that the site uses. Accounts are created, and email addresses changed, only in the admin."""

from allauth.account import views
from django.urls import include, path

from iom.users.sign_in.views import sessions

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("sessions/", sessions, name="usersessions_list"),
    path("security/", include("allauth.mfa.urls")),
]
