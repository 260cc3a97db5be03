"""Makes damaged inputs like those of an archive. They are seeded, so that a failure can be repeated."""

import random

from newsroom.importing.readers import plain_text
from newsroom.importing.readers.decode import clean, decode
from newsroom.importing.structure import parse_press_release
from newsroom.importing.tests.texts import texts
from newsroom.importing.word_counts import lost_words

MENU = "-\nQui sommes nous\nQui sommes nousUne organisation au service des migrants.\nStructure\nStructure\n- Direction\n-\nAgir\nAgir\n- Données\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "mac-roman"]


def inputs(count: int) -> list[tuple[int, bytes]]:
    originals = [decode(text.path.read_bytes()) for text in texts()]
    return [(seed, mangled(random.Random(seed), originals)) for seed in range(count)]  # noqa: S311


def mangled(chance: random.Random, originals: list[str]) -> bytes:
    lines = chance.choice(originals).splitlines()
    for _ in range(chance.randint(1, 6)):
        lines = chance.choice(WAYS)(chance, lines, originals) or [""]
    text = chance.choice(["\n", "\r\n", "\r", "\n", "\u2028"]).join(lines)
    data = text.encode(chance.choice(ENCODINGS), errors=chance.choice(["ignore", "replace", "xmlcharrefreplace"]))
    if chance.random() < 0.2:
        at = chance.randrange(len(data) + 1)
        data = (
            data[:at]
            + bytes(chance.randrange(256) for _ in range(chance.randint(0, 5)))
            + data[at + chance.randint(0, 9) :]
        )
    return data


def _dropped(chance, lines, originals):
    at = chance.randrange(len(lines))
    return lines[:at] + lines[at + chance.randint(1, 3) :]


def _doubled(chance, lines, originals):
    at = chance.randrange(len(lines))
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def _reordered(chance, lines, originals):
    return chance.sample(lines, len(lines))


def _cut(chance, lines, originals):
    at = chance.randrange(len(lines))
    start = chance.randrange(len(lines[at]) + 1)
    return [*lines[:at], lines[at][:start] + lines[at][start + chance.randint(1, 12) :], *lines[at + 1 :]]


def _without_blanks(chance, lines, originals):
    return [line for line in lines if line.strip()]


def _with_blanks(chance, lines, originals):
    return [piece for line in lines for piece in (line, "")]


def _with_menu(chance, lines, originals):
    at = chance.choice([0, 0, chance.randrange(len(lines))])
    return lines[:at] + MENU.splitlines() + lines[at:]


def _wrapped(chance, lines, originals):
    width, result = chance.randint(20, 90), []
    for line in lines:
        while len(line) > width:
            at = line.rfind(" ", 0, width)
            at = at if at > 0 else width
            result.append(line[:at])
            line = line[at:].strip()
        result.append(line)
    return result


def _unwrapped(chance, lines, originals):
    return [" ".join(lines)]


def _other_marks(chance, lines, originals):
    marks = str.maketrans(dict.fromkeys('«»“”"', chance.choice(['"', "“", "”", "«", "»", "‘", "’", "''", "<<", ""])))
    return [line.translate(marks) for line in lines]


def _mixed(chance, lines, originals):
    return lines + chance.choice(originals).splitlines()


def _sprinkled(chance, lines, originals):
    at = chance.randrange(len(lines))
    noise = "".join(
        chance.choice("-–—«»“”\"'’.,:;!?()*/|\u00a0\u00ad\ufb01\ufffd<>=&@+0123456789\t")
        for _ in range(chance.randint(1, 9))
    )
    start = chance.randrange(len(lines[at]) + 1)
    return [*lines[:at], lines[at][:start] + noise + lines[at][start:], *lines[at + 1 :]]


WAYS = [
    _dropped, _doubled, _reordered, _cut, _without_blanks, _with_blanks, _with_menu, _wrapped, _unwrapped, _other_marks, _mixed, _sprinkled,
]  # fmt: skip


def failure(seed: int, data: bytes) -> str:
    """Returns the failure of one input, lost words or an exception, or an empty string."""
    try:
        source, _ = clean(decode(data))
        missing = lost_words(source, parse_press_release(plain_text.read(data)))
    except Exception as error:  # whatever is raised is the finding
        return f"seed {seed}: {error!r}"
    return f"seed {seed}: lost {missing[:8]}" if missing else ""


def failures(count: int) -> list[str]:
    return [found for seed, data in inputs(count) if (found := failure(seed, data))]
