"""The translation desk around wagtail-localize, which keeps the segments of every text.

Imports run downwards: desk, editor → exchange → workflow → notifications → content → models.
"""
