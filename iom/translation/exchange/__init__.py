"""Translations as files for other programs: a module for each format, and the views that send and take files."""
