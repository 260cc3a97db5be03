"""The translation memory: its entries, fuzzy matching, pretranslation and concordance."""
