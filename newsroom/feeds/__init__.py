"""RSS, Atom and JSON feeds, with the filters of the index, and the news sitemap."""
