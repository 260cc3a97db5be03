"""The glossary: its screens, its files, and where its terms stand in a text."""
