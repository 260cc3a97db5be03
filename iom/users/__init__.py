# Of the demonstration's accounts in development; README.md tells it to everyone.
KNOWN_PASSWORD = "demonstration"  # noqa: S105
