"""The glossary: its admin views, its files, and the matching of its terms in a text."""
