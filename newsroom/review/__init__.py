"""Review of articles by a second person before publication, where a rule for an office or a type requires it."""
