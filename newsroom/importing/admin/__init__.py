"""Imports one text in the admin: an uploaded file or a pasted text becomes a draft in the editor."""
