"""What is asked of the full-text index, and how each database writes it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# The columns of the index, with the weights that mark them on PostgreSQL
COLUMNS = {"title_tokens": "A", "summary_tokens": "B", "names_tokens": "C", "text_tokens": "D"}


@dataclass(frozen=True)
class Token:
    """A word."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other in one column."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class All:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class In:
    """In one column alone."""

    column: str
    part: "Expression"


Expression = Token | Phrase | All | Any | In


def all_of(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def any_of(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Any(tuple(parts))


def columns(asked: Expression) -> set[str]:
    """In which columns it is looked for."""
    match asked:
        case In(column, _part):
            return {column}
        case All(parts) | Any(parts):
            return set().union(*map(columns, parts))
    return set(COLUMNS)


def for_sqlite(asked: Expression) -> str:
    """In the language of FTS5. Tokens are letters and digits, and quoted: none is read as an operator."""
    match asked:
        case Token(text):
            return f'"{text}"'
        case Phrase(texts):
            return f'"{" ".join(texts)}"'
        case All(parts):
            return f"({' AND '.join(map(for_sqlite, parts))})"
        case Any(parts):
            return f"({' OR '.join(map(for_sqlite, parts))})"
        case In(column, part):
            return f"({column} : {for_sqlite(part)})"


def for_postgresql(asked: Expression, weight: str = "") -> str:
    """As a `tsquery`."""
    match asked:
        case Token(text):
            return f"'{text}'" + (f":{weight}" if weight else "")
        case Phrase(texts):
            return f"({' <-> '.join(for_postgresql(Token(text), weight) for text in texts)})"
        case All(parts):
            return f"({' & '.join(for_postgresql(part, weight) for part in parts)})"
        case Any(parts):
            return f"({' | '.join(for_postgresql(part, weight) for part in parts)})"
        case In(column, part):
            return for_postgresql(part, COLUMNS[column])


def lexemes(asked: Expression, column: str = "") -> str:
    """As a `tsquery` of what the index of lexemes has (migration 0006): of a phrase, its pairs of words."""
    match asked:
        case Token(text):
            return f"'{column}{text}'"
        case Phrase(texts):
            pairs = [hashlib.sha256(f"{one} {following}".encode()).hexdigest() for one, following in pairwise(texts)]
            return f"({' & '.join([*(f"'{column}{text}'" for text in texts), *(f"'+{pair[:4]}'" for pair in pairs)])})"
        case All(parts):
            return f"({' & '.join(lexemes(part, column) for part in parts)})"
        case Any(parts):
            return f"({' | '.join(lexemes(part, column) for part in parts)})"
        case In(column, part):
            return lexemes(part, COLUMNS[column])


def has_phrase(asked: Expression) -> bool:
    """Whether words have to follow each other."""
    match asked:
        case Phrase(texts):
            return len(texts) > 1
        case All(parts) | Any(parts):
            return any(map(has_phrase, parts))
        case In(_column, part):
            return has_phrase(part)
    return False
