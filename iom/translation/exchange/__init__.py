"""Translations as files for other programs."""
