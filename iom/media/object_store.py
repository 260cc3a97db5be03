from typing import Any
from urllib.parse import urljoin

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# A server that does not answer must not keep readers waiting. Backups have a client of their own.
CLIENT = Config(connect_timeout=2, read_timeout=5, retries={"max_attempts": 1})


class ObjectStore(S3Storage):
    """A private bucket, which nobody reads but the site: so the addresses of its files are those of the site, as where
    they are on its disk. Those of the bucket would expire while pages are kept."""

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {"client_config": CLIENT}

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))
