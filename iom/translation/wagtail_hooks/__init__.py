"""Where the desk takes hold in Wagtail's admin, a file for each matter."""

from iom.translation.wagtail_hooks import publication  # noqa: F401
