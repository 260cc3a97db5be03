from django.db.models import QuerySet
from wagtail.models import Page

from iom.core.models import BasePage
from iom.navigation.visibility import visible


def listed_children(page: BasePage) -> QuerySet[Page]:
    """The pages below that stand in the menu: every section lists what its menu panel lists."""
    return visible(page.get_children().filter(show_in_menus=True))
