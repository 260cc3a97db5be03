"""Wagtail's page listings without what would slow them down."""

from wagtail import hooks
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

# localize's buttons ask four queries for every row of a listing, and lead to its own forms for what the side panel
# and the desk do.
for name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
    hooks._hooks[name].remove((page_listing_more_buttons, 0))
