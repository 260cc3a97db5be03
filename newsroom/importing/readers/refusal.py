class Refused(ValueError):
    """The file is not read; the message says why, for the person who chose it."""
