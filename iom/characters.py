import re

# The characters that XML 1.0 does not allow: a feed or a sitemap with one of them is invalid.
CONTROL_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMAIL = re.compile(r"""[^\s"'\\<>()\[\]{},;:=/@]+@[\w.-]*\w""")


def remove_control_characters(text: str) -> str:
    """The text without these characters, such as a vertical tab pasted from Word."""
    return CONTROL_CHARACTERS.sub("", text)


def hide_addresses(text: str) -> str:
    """A line for a log or a report, without the email addresses in it."""
    return _EMAIL.sub("…@…", text)
