"""The translators' desk in Wagtail's admin: what waits, who has it, and how far each translation is."""
