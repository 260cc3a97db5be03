"""What is wrong with a translation beside its original, before readers have it. Each module registers its checks."""

# A module for each
FAMILIES = ("numbers", "markup", "names", "terms", "wording")
