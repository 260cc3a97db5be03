"""The WSGI application, by default with the production settings."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or "iom.settings.production"
django = get_wsgi_application()

from django.conf import settings  # noqa: E402  (these need the settings)

from iom.caching.pages import Application, PageCache  # noqa: E402
from iom.operation.metrics import Counted  # noqa: E402
from iom.reads.tally import Tally  # noqa: E402
from search import corrections  # noqa: E402

application: Application = PageCache(django, answered=Tally().count if settings.COUNT_READS == "requests" else None)
if settings.METRICS_TOKEN:
    application = Counted(application)

corrections.load()
# What is loaded stays: to look through it again and again would let a reader wait for half a second now and then.
# Of what is kept later, little is garbage: it is looked through a hundred times less often than Python would.
gc.collect()
gc.freeze()
gc.set_threshold(*gc.get_threshold()[:2], 1000)
