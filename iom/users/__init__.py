# The permission to write and edit originals, and not only translations.
WRITES_ORIGINALS = "users.write_original"

# The password of the demonstration's accounts in development, which README.md publishes.
KNOWN_PASSWORD = "demonstration"  # noqa: S105
