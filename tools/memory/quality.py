"""What the memory finds of articles that were translated and then changed as editors do.

Each article is a text in French with its translation. What is right is written before anything is looked up: a passage
that is the same, or has only moved, has its translation; one that was changed, the translation of what it was. Half of
the articles are kept aside: the memory is adjusted to the others.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale

from iom.publishing import jobs
from iom.tests.factories import ArticleFactory
from iom.translation.content import prefill, same_page, segments
from iom.translation.content.text import plain
from iom.translation.memory import lookup, pairs
from iom.translation.models import TranslationState
from iom.translation.workflow import progress, publication, submission
from newsroom.models import NewsArticle
from tools.memory.texts import STANDARD, Pair, Writer

ARTICLES = 200
FIRST = 3  # offers among which the right one has to be
# Two translations of one text, by what stands before it: what may be filled in wrongly
AMBIGUOUS = ("Contact", ("Contact", "Who to contact"))


@dataclass
class Passage:
    """A passage as it is after the change. `right`: its translation, or that of what it was; empty where it is new."""

    source: str
    right: str
    is_changed: bool = False


@dataclass
class Article:
    title: Pair
    body: list[Pair]
    after: list[Passage] = field(default_factory=list)


def articles(number: int, seed: int) -> list[Article]:
    """Articles with what has become of each; the same for a seed."""
    chance, writer = random.Random(seed), Writer(seed, places=300)  # noqa: S311
    found = []
    for place in range(number):
        body = [writer.passage(4) for _passage in range(chance.randint(6, 18))]
        body += [(AMBIGUOUS[0], AMBIGUOUS[1][place % 2]), chance.choice(STANDARD)]
        article = Article((f"{writer.sentence()[0]} {place}", f"Title {place}"), body)
        article.after = _changed(body, chance, writer)
        found.append(article)
    return found


def _changed(body: list[Pair], chance: random.Random, writer: Writer) -> list[Passage]:
    """A typing error, another figure, a sentence more, a paragraph moved, a new one."""
    after = [Passage(*one) for one in body]
    long = [place for place, one in enumerate(body) if len(one[0].split()) > 5]
    typing, figure, more = chance.sample(long, 3)
    words = after[typing].source.split()
    place = chance.choice([number for number, word in enumerate(words) if len(word) > 3])
    words[place] = words[place][1] + words[place][0] + words[place][2:]
    after[typing] = Passage(" ".join(words), body[typing][1], is_changed=True)
    digits = [sign for sign in after[figure].source if sign.isdigit()]
    text = after[figure].source
    text = text.replace(digits[0], str((int(digits[0]) + 1) % 10)) if digits else f"{text} Ils sont 31."
    after[figure] = Passage(text, body[figure][1], is_changed=True)
    added = f"{after[more].source} {writer.sentence()[0]}"
    after[more] = Passage(added, body[more][1], is_changed=True)
    after.insert(chance.randrange(len(after)), after.pop(chance.randrange(len(after))))
    after.insert(chance.randrange(len(after)), Passage(writer.passage(3)[0], ""))
    return after


def blocks(texts: list[str], begin: int = 0) -> list[dict[str, Any]]:
    """Paragraphs; their ids tell nothing of what they were."""
    return [{"type": "paragraph", "id": f"{begin + n}", "value": f"<p>{text}</p>"} for n, text in enumerate(texts)]


def measured(found: list[Article], *, as_new_page: bool) -> Counter[str]:
    """Counts, after each changed article was submitted: as another page, or as what its own page says now."""
    counts: Counter[str] = Counter()
    target = Locale.objects.get(language_code="en")
    published = [_published(article, target) for article in found]
    jobs.run(kinds=[pairs.REMEMBER])
    for article, page in zip(found, published, strict=True):
        body = blocks([passage.source for passage in article.after], begin=100)
        if as_new_page:
            changed = ArticleFactory(title=f"{article.title[0]} bis", summary="", body=body, language="fr", live=False)
        else:
            changed = page.get_latest_revision_as_object()
            changed.body = body
        _count(submission.submit(changed, target), article, counts)
    return counts


def _published(article: Article, target: Locale) -> Any:
    original = ArticleFactory(title=article.title[0], summary="", body=blocks([one[0] for one in article.body]))
    original.save_revision().publish()
    state = TranslationState.objects.get(original=original.pk, locale=target)
    counterpart = NewsArticle(title=article.title[1], summary="", body=blocks([one[1] for one in article.body]))
    prefill.prefill(state, original, counterpart)
    progress.recount(state)
    publication.publish(state)
    return NewsArticle.objects.get(pk=original.pk)


def _count(state: TranslationState, article: Article, counts: Counter[str]) -> None:
    text = segments.of_translation(state.translation)
    earlier = same_page.offers(state.translation, text)
    passages = {f"body.{100 + number}": passage for number, passage in enumerate(article.after)}
    for segment in text:
        if (passage := passages.get(segment.path)) is None:
            continue
        if segment.target:
            is_right = plain(segment.target) == passage.right and not passage.is_changed
            counts["filled" if is_right else "filled wrongly"] += 1
        if passage.is_changed:
            counts["changed"] += 1
            offers = lookup.offers(segment.source, state.translation.source.locale, state.locale)
            targets = [earlier[segment.pk].target] if segment.pk in earlier else []
            targets += [offer.target for offer in offers if offer.target not in targets]
            counts["offered first"] += passage.right in [plain(target) for target in targets[:1]]
            counts["offered"] += passage.right in [plain(target) for target in targets[:FIRST]]
        elif passage.right:
            counts["unchanged or moved"] += 1


def report() -> str:
    """Measures all four; a section of docs/benchmarks.md."""
    lines = [
        f"## Articles that were changed and the translation memory, {ARTICLES} of them",
        "",
        "`python -m tools.memory quality`: a typing error, another figure, a sentence more, a paragraph moved, a new one in each. "
        "Every second set was kept aside until the end.",
        "",
        "| Articles | unchanged or moved | filled | wrongly | changed | right one first | among the first three |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for seed, is_aside in ((11, False), (12, True)):
        for as_new_page in (False, True):
            found = articles(ARTICLES // 4, seed + 10 * as_new_page)
            counts = measured(found, as_new_page=as_new_page)
            name = f"{'of another page' if as_new_page else 'on their page'}, {'kept aside' if is_aside else 'adjusted to'}"
            same, changed = counts["unchanged or moved"], counts["changed"]
            lines.append(
                f"| {name} | {same} | {counts['filled'] / same:.1%} | {counts['filled wrongly']} | {changed} "
                f"| {counts['offered first'] / changed:.1%} | {counts['offered'] / changed:.1%} |"
            )
    return "\n".join(lines)
