from typing import Any
from urllib.parse import urljoin

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Short timeouts, so that readers do not wait for a server that does not respond. Backups have their own client.
CLIENT = Config(connect_timeout=2, read_timeout=5, retries={"max_attempts": 1})


class ObjectStore(S3Storage):
    """A private bucket, which only the site reads.

    Files have addresses of the site, as with local files. Signed addresses of the bucket would expire in cached pages.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {"client_config": CLIENT}

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))
