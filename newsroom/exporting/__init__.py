"""Articles to plain text, as `newsroom.importing` reads it."""
