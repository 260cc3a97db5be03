"""Texts that were public and must no longer be: withdrawn in all languages, with a reason or for protection."""
