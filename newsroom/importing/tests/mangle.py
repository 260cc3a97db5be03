"""Makes damaged inputs like those of an archive. They are seeded, so that a failure can be repeated."""

import random

from newsroom.importing.readers import plain_text
from newsroom.importing.readers.decode import clean, decode
from newsroom.importing.structure import parse_press_release
from newsroom.importing.tests.texts import lost_words, texts

MENU = "-\nQui sommes nous\nQui sommes nousUne organisation au service des migrants.\nStructure\nStructure\n- Direction\n-\nAgir\nAgir\n- Données\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "mac-roman"]


def inputs(count: int) -> list[tuple[int, bytes]]:
    originals = [decode(text.path.read_bytes()) for text in texts()]
    return [(seed, mangled(random.Random(seed), originals)) for seed in range(count)]  # noqa: S311


def mangled(rng: random.Random, originals: list[str]) -> bytes:
    lines = rng.choice(originals).splitlines()
    for _ in range(rng.randint(1, 6)):
        lines = rng.choice(WAYS)(rng, lines, originals) or [""]
    text = rng.choice(["\n", "\r\n", "\r", "\n", "\u2028"]).join(lines)
    data = text.encode(rng.choice(ENCODINGS), errors=rng.choice(["ignore", "replace", "xmlcharrefreplace"]))
    if rng.random() < 0.2:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + bytes(rng.randrange(256) for _ in range(rng.randint(0, 5))) + data[at + rng.randint(0, 9) :]
    return data


def _dropped(rng, lines, originals):
    at = rng.randrange(len(lines))
    return lines[:at] + lines[at + rng.randint(1, 3) :]


def _doubled(rng, lines, originals):
    at = rng.randrange(len(lines))
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def _reordered(rng, lines, originals):
    return rng.sample(lines, len(lines))


def _cut(rng, lines, originals):
    at = rng.randrange(len(lines))
    start = rng.randrange(len(lines[at]) + 1)
    return [*lines[:at], lines[at][:start] + lines[at][start + rng.randint(1, 12) :], *lines[at + 1 :]]


def _without_blanks(rng, lines, originals):
    return [line for line in lines if line.strip()]


def _with_blanks(rng, lines, originals):
    return [piece for line in lines for piece in (line, "")]


def _with_menu(rng, lines, originals):
    at = rng.choice([0, 0, rng.randrange(len(lines))])
    return lines[:at] + MENU.splitlines() + lines[at:]


def _wrapped(rng, lines, originals):
    width, result = rng.randint(20, 90), []
    for line in lines:
        while len(line) > width:
            at = line.rfind(" ", 0, width)
            at = at if at > 0 else width
            result.append(line[:at])
            line = line[at:].strip()
        result.append(line)
    return result


def _unwrapped(rng, lines, originals):
    return [" ".join(lines)]


def _other_marks(rng, lines, originals):
    marks = str.maketrans(dict.fromkeys('«»“”"', rng.choice(['"', "“", "”", "«", "»", "‘", "’", "''", "<<", ""])))
    return [line.translate(marks) for line in lines]


def _mixed(rng, lines, originals):
    return lines + rng.choice(originals).splitlines()


def _sprinkled(rng, lines, originals):
    at = rng.randrange(len(lines))
    noise = "".join(
        rng.choice("-–—«»“”\"'’.,:;!?()*/|\u00a0\u00ad\ufb01\ufffd<>=&@+0123456789\t")
        for _ in range(rng.randint(1, 9))
    )
    start = rng.randrange(len(lines[at]) + 1)
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
