"""Exports articles as plain text in the format that `newsroom.importing` reads."""
