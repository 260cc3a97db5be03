"""The WSGI application, by default with the production settings."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or "iom.settings.production"
django = get_wsgi_application()

from django.conf import settings  # noqa: E402  (these need the settings)

from iom.caching.page_cache import Application, PageCache  # noqa: E402
from iom.operation.metrics import CountedApplication  # noqa: E402
from iom.reads.tally import Tally  # noqa: E402
from search import spelling  # noqa: E402

application: Application = PageCache(
    django, on_shared_page=Tally().count if settings.COUNT_READS == "requests" else None
)
if settings.METRICS_TOKEN:
    application = CountedApplication(application)

spelling.load_language_files()
# Garbage collection: all loaded objects stay, and a full collection of them would sometimes delay a response by half a
# second, so they are frozen. Later objects are seldom garbage, so full collections run a hundred times less often.
gc.collect()
gc.freeze()
gc.set_threshold(*gc.get_threshold()[:2], 1000)
