KNOWN_PASSWORD = "demonstration"  # noqa: S105  (of the accounts in development; README.md tells it to everyone)
