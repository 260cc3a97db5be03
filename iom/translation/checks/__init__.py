"""QA checks that compare a translation with its original before publication. Each module registers its checks."""

# Modules that register checks when the app is ready
FAMILIES = ("numbers", "markup", "names", "terms", "wording")
