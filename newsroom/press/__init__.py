"""Downloads for journalists: the plain text of an article, and an archive with its pictures and documents."""
