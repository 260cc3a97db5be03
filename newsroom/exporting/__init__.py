"""Articles to plain text, in the manner that `newsroom.importing` reads."""
