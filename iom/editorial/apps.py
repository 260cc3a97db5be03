from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "iom.editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from iom.editorial import (
            bounded_listings,
            edit_links,
            filters,
            group_names,
            review_name,
            roles,  # noqa: F401  (connects its receivers)
        )

        bounded_listings.install()
        edit_links.install()
        filters.install()
        group_names.install()
        review_name.install()
