"""Dates as the admin and its letters write them, one form in every place (FORMAT_MODULE_PATH)."""
