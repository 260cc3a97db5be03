"""The exchange of translations with other programs: a module for each file format, and views for their files."""
