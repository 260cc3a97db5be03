"""The WSGI application, by default with the production settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.production")
application = get_wsgi_application()
