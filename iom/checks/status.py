"""Links of published pages that do not work, in the state of the site."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from iom.checks.addresses import broken_links
from iom.operation.status import FINE, WARNING, Part

NAMED = 3


@hooks.register("site_status")
def links() -> Iterator[Part]:
    name = _("Links to other sites")
    if not settings.LINK_CHECKS:
        yield Part(name, FINE, _("Links are not checked (LINK_CHECKS)."))
        return
    found = broken_links()
    number = found.count()
    if not number:
        yield Part(name, FINE, _("All links of published pages answered when they were last checked."))
        return
    named = ", ".join(f"{one.page.title} ({one.address.url})" for one in found[:NAMED])
    detail = ngettext("%(number)d link: %(names)s", "%(number)d links, first: %(names)s", number)
    advice = _("Replace or remove the links in the texts.")
    yield Part(name, WARNING, detail % {"number": number, "names": named}, advice)
