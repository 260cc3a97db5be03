"""The translators' editor: the original's segments on the left, the translation on the right, on one screen."""
