# The permission of whoever may write and edit originals, and not only translations.
WRITES_ORIGINALS = "users.write_original"

# Of the demonstration's accounts in development; README.md tells it to everyone.
KNOWN_PASSWORD = "demonstration"  # noqa: S105
