"""What is written in one way and typed in another is found."""

import pytest

from iom.tests.factories import ArticleFactory
from search import engine

pytestmark = pytest.mark.django_db


def found(text, language):
    return [result.url for result in engine.search(language, text)]


@pytest.mark.parametrize(
    ("language", "written", "others"),
    [
        ("fr", "61\u202f300", ["61300", "61 300", "61\u00a0300", "61.300", "« 61 300 »"]),
        ("fr", "61300", ["61 300"]),
        ("fr", "Q.W.Z.", ["QWZ", "q.w.z.", "l’Q.W.Z"]),
        ("en", "61,300", ["61300", "61,300", "61 300", '"61,300"']),
        ("en", "61300", ["61,300"]),
        ("en", "QWZ", ["Q.W.Z.", "q.w.z", '"Q.W.Z."']),
    ],
)
def test_numbers_and_acronyms_are_found_with_and_without_their_marks(language, written, others):
    article = ArticleFactory(language=language, title="Rien", summary=f"On {written}.")
    for text in others:
        assert found(text, language) == [article.url], text
