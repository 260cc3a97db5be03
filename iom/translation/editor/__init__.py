"""The translators' editor at the address of a translated page: its screen and its forms; localize's addresses."""
