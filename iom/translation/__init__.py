"""The translators' desk around wagtail-localize, which keeps the segments of every text.

Imports run downwards: hooks and commands → notifications.sending → desk, editor → exchange → workflow →
notifications.outbox → content → models.
"""
