"""The listing: a row for each page that anyone may see now. All lists read it."""
