"""Ends well if the site beside it can serve (`/-/ready`): the health check of the image."""

import os
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

site = urlsplit(os.environ["SITE_URL"])
# As the server that ends TLS asks: the site answers to its own name alone.
asked = Request(
    f"http://127.0.0.1:{os.environ['PORT']}/-/ready",
    headers={"Host": site.netloc, "X-Forwarded-Proto": site.scheme},
)
urlopen(asked, timeout=5)  # noqa: S310  (raises for 503, and for no answer)
