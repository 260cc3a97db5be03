"""Reads a press release from a file: readers give passages, `structure` gives a PressRelease, a writer makes the "
"draft."""
