"""Withdraws public texts that must no longer be public, in all languages, with a reason or for protection."""
