"""The translators' editor, at the edit URL of a translated page: its screen, its forms, and localize's URLs."""
