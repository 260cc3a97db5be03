"""The health check of the container image: exits with an error unless the site is ready (`/-/ready`)."""

import os
from urllib.request import urlopen

urlopen(f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/-/ready", timeout=5)  # raises for 503 and without response
