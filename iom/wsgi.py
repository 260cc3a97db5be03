"""The WSGI application, by default with the production settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.production")
django = get_wsgi_application()

from iom.caching.pages import PageCache  # noqa: E402  (it needs the settings)

application = PageCache(django)
