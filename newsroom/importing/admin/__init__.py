"""Importing one text in the admin: a file or pasted words become a draft in the editor."""
