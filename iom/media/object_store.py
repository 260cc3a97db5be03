from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class ObjectStore(S3Storage):
    """A private bucket, which nobody reads but the site: so the addresses of its files are those of the site, as where
    they are on its disk. Those of the bucket would expire while pages are kept."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))
