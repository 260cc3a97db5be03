"""Counts how often pages are read, from the site's own requests, by page and day. Nothing about readers is stored."""
