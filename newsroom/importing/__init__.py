"""Imports press releases: `readers` read files, `structure` parses their text, and `writer` writes drafts."""
