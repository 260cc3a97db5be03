"""Corrections that officers add to a published article, and that readers of its translations see at once."""
