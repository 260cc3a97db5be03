"""Where the admin shows what there is to translate: the queue, the dashboard, page listings, the side panel."""
