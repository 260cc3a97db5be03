"""Bytes to text: encodings, line ends, and the characters that conversions lose."""

import codecs
import re
import unicodedata
from contextlib import suppress

_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# Others that Python has are no encodings of pages, or take the square of the length, such as Punycode.
_OF_PAGES = re.compile(
    r"(utf|ucs|iso|latin|l\d|windows|cp|mac|x-mac|koi|us-ascii|ascii|gb|big5|shift|sjis|euc|tis)[-_\w]*$",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Invisible characters, which would break comparisons.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"))
# Code points of ligatures: those of some fonts, and Unicode's own.
_LIGATURES = {0xE000 + n: unicodedata.normalize("NFKC", chr(0xFB00 + n)) for n in range(5)} | {
    0xF001: "fi",
    0xF002: "fl",
    **{0xFB00 + n: unicodedata.normalize("NFKC", chr(0xFB00 + n)) for n in range(7)},
}
# A page written in Windows-1252 that called itself Latin-1.
_CONTROLS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
}
_QUOTES = [
    (re.compile(r"<<(?=\s?\w)"), "«"),
    (re.compile(r"(?<=[\w.,;!?…])(\s?)>>"), r"\1»"),
    (re.compile(r"``|‘‘|(?<!\S)(?:''|‘’|’’|,,)(?=\w)"), "“"),
    (re.compile(r"(?<=[\w.,;:!?…)])(?:''|’’|‘’|´´)(?!\w)"), "”"),
]
_FRENCH_LETTERS = "éèàùçêîôûâëïüœ’«»ÉÈÀÇ “”–…"
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf]|â€[\u0080-\uffff]?")
# Words that lost a ligature, by the letters beside the hole (?) it left: U+FFFD. Others keep their hole.
_HOLE = "\N{REPLACEMENT CHARACTER}"
_STEMS = {
    "ffi": r"\bo_(?=c)|\bsu_(?=re|sa|sent)|\bdi_(?=cult|cil)|\bcoe_(?=cient)|\be_(?=ca|cien)",
    "ff": r"\bo_(?=r[aei]|ert|enc|ens)|\bdi_(?=[ée]r|us)|\be_(?=ort|ect|ondr|ray)|\ba_(?=ect|air|ich|irm|ront|ord|lu)"
    r"|\bsu_(?=er|rag|oc)|\bsou_(?=r|l)|\bcho_(?=r|er)|\bsta_\b|\bchi_(?=r)",
    "fl": r"\bcon_(?=it|u)|\bin_(?=u|ig|ation)|\bre_(?=[eéèx])|\b_(?=eu|ux|ot|ow|oo|ight|ee|e[uè])",
    "œ": r"\b[cs]_(?=urs?\b)|\b_(?=uvr|ufs?\b)|\bman_(?=uvr)|\bv_(?=ux?\b)|\bn_(?=uds?\b)",
    "fi": r"\bof_(?=c)|\bdif_(?=c)|\bsuf_(?=s)|\bef_(?=c)|\bcon_(?=[éea]|rm|n|d)|\b_(?=n|l[lmst]|le|lière|xe|x|rs|rm"
    r"|nd|ve|sh)|\b(?:béné|béni|spéci|speci|sacri|signi|identi|certi|quali|justi|noti|modi|véri|veri|uni|clari"
    r"|diversi|intensi|scienti|paci|arti|super|pro|dé|de|bene|grati|forti|recti|plani|classi|ampli|simpli|magni"
    r"|terri|a|in|satis)_(?=[a-zéè])",
}
# A hole is no letter to a regular expression, so \b does not work beside it.
_HOLES = [
    (
        re.compile(re.sub(r"\\b(?=\)|$|\|)", r"(?!\\w)", stem).replace(r"\b", r"(?<!\w)").replace("_", _HOLE), re.I),
        ligature,
    )
    for ligature, stem in _STEMS.items()
]
_LOST_OE = re.compile(rf"(?<![\w{_HOLE}])([Uu])(?=vr(?:e|es|er|é|ée|és|ées|ent|ant|ons|ait|aient|eront|era)(?!\w))")
_WITH_HOLE = re.compile(rf"\w*(?:{_HOLE}\w*)+")


def decode(data: bytes, declared: str = "") -> str:
    """The bytes as text: by a byte order mark, else UTF-8, else as `declared`, else what looks most like words."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if wide := _without_mark(data):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        damaged = data.decode("utf-8", errors="replace")
        # A file cut in the middle of a character, or with a few bad bytes among many good ones, is still UTF-8.
        if error.start >= len(data) - 3 or damaged.count(_HOLE) * 8 < sum(ord(char) > 127 for char in damaged):
            return damaged
    if _OF_PAGES.match(declared):
        with suppress(LookupError, ValueError):  # none that Python has
            return data.decode(declared, errors="replace")
    candidates = [data.decode(encoding, errors="replace") for encoding in ("cp1252", "mac-roman")]
    return max(candidates, key=_likeness)


def clean(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text with its line ends, ligatures and quotation marks put right, and the words repaired on the way."""
    text = _LINE_ENDS.sub("\n", text)
    if _MOJIBAKE.search(text):
        text = _MOJIBAKE.sub(_once_more, text)
    text = text.translate(_CONTROLS).translate(_INVISIBLE).translate(_LIGATURES)
    text = unicodedata.normalize("NFC", text)
    for pattern, mark in _QUOTES:
        text = pattern.sub(mark, text)
    repairs: list[tuple[str, str]] = []
    if _HOLE in text:
        text = _fill(text, repairs)
    if _LOST_OE.search(text):
        text = re.sub(rf"(?<![\w{_HOLE}])[Uu]vr\w+", lambda found: _with_oe(found[0], repairs), text)
    return text, repairs


def _fill(text: str, repairs: list[tuple[str, str]]) -> str:
    """Fills the holes that ligatures left. Where most words stay unknown, accents were lost, and nothing is filled."""
    broken = _WITH_HOLE.findall(text)
    made = {word: _restored(word) for word in set(broken)}
    filled = [(word, made[word]) for word in broken if made[word] != word]
    if len(filled) * 2 < len(broken):
        return text
    repairs += filled
    return _WITH_HOLE.sub(lambda found: made[found[0]], text)


def _restored(word: str) -> str:
    """`con\N{REPLACEMENT CHARACTER}é` → « confié »; the same word where nothing is known of its hole."""
    for stem, ligature in _HOLES:
        word = stem.sub(lambda found, put=ligature: found[0].replace(_HOLE, put), word)  # type: ignore[misc]
    return word


def _with_oe(word: str, repairs: list[tuple[str, str]]) -> str:
    made = _LOST_OE.sub(lambda found: "Œ" if found[1] == "U" else "œ", word)
    made = made[0] + ("u" if made[0] in "Œœ" else "") + made[1:]
    if made != word:
        repairs.append((word, made))
    return made


def _once_more(found: re.Match[str]) -> str:
    """`Ã©` → « é »: UTF-8 that was read as Windows-1252 once."""
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _without_mark(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of the beginning is zero. Empty where it is not that."""
    start = data[:400]
    if len(start) < 4 or b"\0" not in start:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > len(start) * 0.4 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > len(start) * 0.4 and odd == 0 else ""


def _likeness(text: str) -> float:
    """How much of what is not ASCII looks like French or English print."""
    others = [char for char in text if ord(char) > 127]
    return sum(char in _FRENCH_LETTERS for char in others) / (len(others) or 1)
