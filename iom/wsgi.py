"""The WSGI application, by default with the production settings."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.production")
django = get_wsgi_application()

from iom.caching.pages import PageCache  # noqa: E402  (it needs the settings)

application = PageCache(django)

# What is loaded stays: to look through it again and again would let a reader wait for half a second now and then.
gc.collect()
gc.freeze()
