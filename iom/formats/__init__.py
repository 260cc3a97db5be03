"""The date formats of the admin and of e-mails (FORMAT_MODULE_PATH)."""
