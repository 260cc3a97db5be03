"""The translators' editor at the address of a translated page: its screen, its forms, saving; localize's addresses."""
