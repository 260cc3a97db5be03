"""RSS, Atom and JSON feeds of articles and of corrections, and the news sitemap."""
