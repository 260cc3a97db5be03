"""Expressions for the full-text index, and their syntax in each database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# The columns of the index, with their weights on PostgreSQL
COLUMNS = {"title_tokens": "A", "summary_tokens": "B", "names_tokens": "C", "text_tokens": "D"}


@dataclass(frozen=True)
class Token:
    """Matches a token."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Matches tokens that follow each other in one column."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class All:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class In:
    """Matches an expression in one column."""

    column: str
    part: "Expression"


Expression = Token | Phrase | All | Any | In


def all_of(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def any_of(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Any(tuple(parts))


def columns(expression: Expression) -> set[str]:
    """Returns the columns that the expression searches."""
    match expression:
        case In(column, _part):
            return {column}
        case All(parts) | Any(parts):
            return set().union(*map(columns, parts))
    return set(COLUMNS)


def for_sqlite(expression: Expression) -> str:
    """Returns the expression in the syntax of FTS5. Tokens are alphanumeric and quoted, so none is an operator."""
    match expression:
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


def for_postgresql(expression: Expression, weight: str = "") -> str:
    """Returns the expression as a `tsquery`."""
    match expression:
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


def for_lexeme_index(expression: Expression, column: str = "") -> str:
    """Returns a `tsquery` for the index of lexemes (migration 0006), where a phrase is a set of word pairs."""
    match expression:
        case Token(text):
            return f"'{column}{text}'"
        case Phrase(texts):
            pairs = [hashlib.sha256(f"{one} {following}".encode()).hexdigest() for one, following in pairwise(texts)]
            return f"({' & '.join([*(f"'{column}{text}'" for text in texts), *(f"'+{pair[:4]}'" for pair in pairs)])})"
        case All(parts):
            return f"({' & '.join(for_lexeme_index(part, column) for part in parts)})"
        case Any(parts):
            return f"({' | '.join(for_lexeme_index(part, column) for part in parts)})"
        case In(column, part):
            return for_lexeme_index(part, COLUMNS[column])


def has_phrase(expression: Expression) -> bool:
    """Whether the expression contains a phrase of several tokens."""
    match expression:
        case Phrase(texts):
            return len(texts) > 1
        case All(parts) | Any(parts):
            return any(map(has_phrase, parts))
        case In(_column, part):
            return has_phrase(part)
    return False
