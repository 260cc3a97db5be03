"""Review before publication: a second person, where an office or a type of text asks for it."""
