"""Corrections of published articles: officers add them, and readers of the translations see them at once."""
