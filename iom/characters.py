"""Which characters a text may have."""

import re

# All that XML 1.0 does not allow. A feed or a sitemap with one of them cannot be read at all.
CONTROL_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def remove_control_characters(text: str) -> str:
    """The text without the characters that XML does not allow, such as a vertical tab pasted from Word."""
    return CONTROL_CHARACTERS.sub("", text)
