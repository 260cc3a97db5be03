"""How often pages are read: counted from the site's own requests, by page and day, without anything about readers."""
