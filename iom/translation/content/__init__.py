"""The text of a page and of its translation: segments, their comparison, what fills them. Knows no workflow."""
