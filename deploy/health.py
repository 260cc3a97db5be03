"""Ends well if the site beside it can serve (`/-/ready`): the health check of the image."""

import os
from urllib.request import urlopen

urlopen(f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/-/ready", timeout=5)  # raises for 503, and for no answer
