"""The listing: a table with a row for each page that is public now. All lists read it."""
