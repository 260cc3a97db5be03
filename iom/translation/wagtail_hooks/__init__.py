"""Where the desk takes hold in Wagtail's admin, a file for each matter."""

from iom.translation.wagtail_hooks import publication  # noqa: F401
from iom.translation.wagtail_hooks import notice  # noqa: F401
from iom.translation.wagtail_hooks import choice, joint, messages  # noqa: F401
from iom.translation.wagtail_hooks import language_rules  # noqa: F401
from iom.translation.wagtail_hooks import log  # noqa: F401
from iom.translation.wagtail_hooks import questions  # noqa: F401
from iom.translation.wagtail_hooks import review  # noqa: F401
from iom.translation.wagtail_hooks import desk  # noqa: F401
from iom.translation.wagtail_hooks import editor  # noqa: F401
from iom.translation.wagtail_hooks import history  # noqa: F401
from iom.translation.wagtail_hooks import guards, stopping  # noqa: F401
from iom.translation.wagtail_hooks import cascade  # noqa: F401
from iom.translation.wagtail_hooks import explorer  # noqa: F401
from iom.translation.wagtail_hooks import home  # noqa: F401
