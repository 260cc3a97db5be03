"""Decodes bytes, normalizes line ends and quotation marks, and repairs characters that conversions have lost."""

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
# Python's other codecs are not used for pages, or take quadratic time, such as Punycode.
_PAGE_ENCODINGS = re.compile(
    r"(utf|ucs|iso|latin|l\d|windows|cp|mac|x-mac|koi|us-ascii|ascii|gb|big5|shift|sjis|euc|tis)[-_\w]*$",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Invisible characters, which would break comparisons
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"))
# Code points of ligatures: private ones of some fonts, and Unicode's
_LIGATURES = {0xE000 + n: unicodedata.normalize("NFKC", chr(0xFB00 + n)) for n in range(5)} | {
    0xF001: "fi",
    0xF002: "fl",
    **{0xFB00 + n: unicodedata.normalize("NFKC", chr(0xFB00 + n)) for n in range(7)},
}
# Windows-1252 characters of a page that declares Latin-1
_CP1252_CONTROLS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
}
_QUOTATION_MARKS = [
    (re.compile(r"<<(?=\s?\w)"), "«"),
    (re.compile(r"(?<=[\w.,;!?…])(\s?)>>"), r"\1»"),
    (re.compile(r"``|‘‘|(?<!\S)(?:''|‘’|’’|,,)(?=\w)"), "“"),
    (re.compile(r"(?<=[\w.,;:!?…)])(?:''|’’|‘’|´´)(?!\w)"), "”"),
]
_FRENCH_LETTERS = "éèàùçêîôûâëïüœ’«»ÉÈÀÇ “”–…"
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf]|â€[\u0080-\uffff]?")
# Contexts in which U+FFFD (the “hole”, written _ here) stands for a lost ligature. Other holes stay.
_HOLE = "\N{REPLACEMENT CHARACTER}"
_LIGATURE_CONTEXTS = {
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
# U+FFFD is not a word character in a regular expression, so \b does not work beside it.
_LIGATURE_PATTERNS = [
    (
        re.compile(re.sub(r"\\b(?=\)|$|\|)", r"(?!\\w)", stem).replace(r"\b", r"(?<!\w)").replace("_", _HOLE), re.I),
        ligature,
    )
    for ligature, stem in _LIGATURE_CONTEXTS.items()
]
_LOST_OE = re.compile(rf"(?<![\w{_HOLE}])([Uu])(?=vr(?:e|es|er|é|ée|és|ées|ent|ant|ons|ait|aient|eront|era)(?!\w))")
_WORD_WITH_HOLE = re.compile(rf"(?<![\w{_HOLE}])\w*(?:{_HOLE}\w*)+")


def decode(data: bytes, declared: str = "") -> str:
    """Decodes by the byte order mark, else as UTF-8, else as `declared`, else as the likeliest legacy encoding."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if wide := _detect_utf16(data):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        damaged = data.decode("utf-8", errors="replace")
        # A file truncated within a character, or with few invalid bytes among many valid ones, is still UTF-8.
        if error.start >= len(data) - 3 or damaged.count(_HOLE) * 8 < sum(ord(char) > 127 for char in damaged):
            return damaged
    if _PAGE_ENCODINGS.match(declared):
        with suppress(LookupError, ValueError):  # unknown to Python
            return data.decode(declared, errors="replace")
    candidates = [data.decode(encoding, errors="replace") for encoding in ("cp1252", "mac-roman")]
    return max(candidates, key=_score_text)


def clean(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Returns the text with normalized line ends, ligatures and quotation marks, and the repaired words as pairs."""
    text = _LINE_ENDS.sub("\n", text)
    if _MOJIBAKE.search(text):
        text = _MOJIBAKE.sub(_fix_mojibake, text)
    text = text.translate(_CP1252_CONTROLS).translate(_INVISIBLE).translate(_LIGATURES)
    text = unicodedata.normalize("NFC", text)
    for pattern, mark in _QUOTATION_MARKS:
        text = pattern.sub(mark, text)
    repairs: list[tuple[str, str]] = []
    if _HOLE in text:
        text = _restore_ligatures(text, repairs)
    if _LOST_OE.search(text):
        text = re.sub(rf"(?<![\w{_HOLE}])[Uu]vr\w+", lambda found: _restore_oe(found[0], repairs), text)
    return text, repairs


def _restore_ligatures(text: str, repairs: list[tuple[str, str]]) -> str:
    """Restores lost ligatures. If most broken words are unknown, accents were lost, and the text stays unchanged."""
    broken = _WORD_WITH_HOLE.findall(text)
    restored = {word: _restore_word(word) for word in set(broken)}
    filled = [(word, restored[word]) for word in broken if restored[word] != word]
    if len(filled) * 2 < len(broken):
        return text
    repairs += filled
    return _WORD_WITH_HOLE.sub(lambda found: restored[found[0]], text)


def _restore_word(word: str) -> str:
    """`con\N{REPLACEMENT CHARACTER}é` → « confié ». A word with an unknown hole stays unchanged."""
    for stem, ligature in _LIGATURE_PATTERNS:
        word = stem.sub(lambda found, put=ligature: found[0].replace(_HOLE, put), word)  # type: ignore[misc]
    return word


def _restore_oe(word: str, repairs: list[tuple[str, str]]) -> str:
    restored = _LOST_OE.sub(lambda found: "Œ" if found[1] == "U" else "œ", word)
    restored = restored[0] + ("u" if restored[0] in "Œœ" else "") + restored[1:]
    if restored != word:
        repairs.append((word, restored))
    return restored


def _fix_mojibake(found: re.Match[str]) -> str:
    """`Ã©` → « é »: UTF-8 that was decoded as Windows-1252."""
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _detect_utf16(data: bytes) -> str:
    """Returns the encoding of UTF-16 without a byte order mark, or an empty string.

    Every other byte of the first 400 is mostly zero.
    """
    start = data[:400]
    if len(start) < 4 or b"\0" not in start:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > len(start) * 0.4 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > len(start) * 0.4 and odd == 0 else ""


def _score_text(text: str) -> float:
    """Returns the share of the characters outside ASCII that are usual in French or English."""
    others = [char for char in text if ord(char) > 127]
    return sum(char in _FRENCH_LETTERS for char in others) / (len(others) or 1)
