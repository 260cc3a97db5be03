"""Sign-in with django-allauth: passwords, passkeys, authenticator apps, recovery codes, single sign-on."""
