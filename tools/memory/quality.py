"""Measures the matches of the translation memory for translated articles that were then changed as editors do.

Each article is a French text with its translation. The expected target of each passage is known beforehand: its own
translation if it is unchanged or has only moved, the translation of its former text if it was changed. The memory is
tuned to half of the articles; the others are held out.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale

from iom.publishing import jobs
from iom.tests.factories import ArticleFactory
from iom.translation.content import earlier_translations, prefill, segments
from iom.translation.content.text import plain_text
from iom.translation.memory import entries, lookup
from iom.translation.models import TranslationState
from iom.translation.workflow import progress, publication, submission
from newsroom.models import NewsArticle
from tools.memory.texts import STANDARD, Pair, Writer

ARTICLES = 200
TOP_OFFERS = 3  # the right offer has to be among these
# A text with two translations, depending on its context, which may be filled in wrongly
AMBIGUOUS = ("Contact", ("Contact", "Who to contact"))


@dataclass
class Passage:
    """A passage after the change. `right`: the expected target, or "" for a new passage."""

    source: str
    right: str
    is_changed: bool = False


@dataclass
class Article:
    title: Pair
    body: list[Pair]
    after: list[Passage] = field(default_factory=list)


def articles(number: int, seed: int) -> list[Article]:
    """Returns articles, each with its passages after the change. The same seed gives the same articles."""
    rng, writer = random.Random(seed), Writer(seed, places=300)  # noqa: S311
    found = []
    for place in range(number):
        body = [writer.passage(4) for _passage in range(rng.randint(6, 18))]
        body += [(AMBIGUOUS[0], AMBIGUOUS[1][place % 2]), rng.choice(STANDARD)]
        article = Article((f"{writer.sentence()[0]} {place}", f"Title {place}"), body)
        article.after = _change(body, rng, writer)
        found.append(article)
    return found


def _change(body: list[Pair], rng: random.Random, writer: Writer) -> list[Passage]:
    """Makes a typing error, changes a figure, adds a sentence, moves a paragraph, inserts a new one."""
    after = [Passage(*one) for one in body]
    long = [place for place, one in enumerate(body) if len(one[0].split()) > 5]
    typing, figure, more = rng.sample(long, 3)
    words = after[typing].source.split()
    place = rng.choice([number for number, word in enumerate(words) if len(word) > 3])
    words[place] = words[place][1] + words[place][0] + words[place][2:]
    after[typing] = Passage(" ".join(words), body[typing][1], is_changed=True)
    digits = [sign for sign in after[figure].source if sign.isdigit()]
    text = after[figure].source
    text = text.replace(digits[0], str((int(digits[0]) + 1) % 10)) if digits else f"{text} Ils sont 31."
    after[figure] = Passage(text, body[figure][1], is_changed=True)
    added = f"{after[more].source} {writer.sentence()[0]}"
    after[more] = Passage(added, body[more][1], is_changed=True)
    after.insert(rng.randrange(len(after)), after.pop(rng.randrange(len(after))))
    after.insert(rng.randrange(len(after)), Passage(writer.passage(3)[0], ""))
    return after


def blocks(texts: list[str], begin: int = 0) -> list[dict[str, Any]]:
    """Returns paragraph blocks. Their ids are numbers from `begin`, so that they do not identify former blocks."""
    return [{"type": "paragraph", "id": f"{begin + n}", "value": f"<p>{text}</p>"} for n, text in enumerate(texts)]


def measure(found: list[Article], *, as_new_page: bool) -> Counter[str]:
    """Submits each changed article, as a new page or as a draft of its own page, and counts matches."""
    counts: Counter[str] = Counter()
    target = Locale.objects.get(language_code="en")
    published = [_publish(article, target) for article in found]
    jobs.run(kinds=[entries.STORE_TRANSLATION])
    for article, page in zip(found, published, strict=True):
        body = blocks([passage.source for passage in article.after], begin=100)
        if as_new_page:
            changed = ArticleFactory(title=f"{article.title[0]} bis", summary="", body=body, language="fr", live=False)
        else:
            changed = page.get_latest_revision_as_object()
            changed.body = body
        _count(submission.submit(changed, target), article, counts)
    return counts


def _publish(article: Article, target: Locale) -> Any:
    original = ArticleFactory(title=article.title[0], summary="", body=blocks([one[0] for one in article.body]))
    original.save_revision().publish()
    state = TranslationState.objects.get(original=original.pk, locale=target)
    counterpart = NewsArticle(title=article.title[1], summary="", body=blocks([one[1] for one in article.body]))
    prefill.prefill(state, original, counterpart)
    progress.recount(state)
    publication.publish(state)
    return NewsArticle.objects.get(pk=original.pk)


def _count(state: TranslationState, article: Article, counts: Counter[str]) -> None:
    text = segments.load_text(state.translation)
    earlier = earlier_translations.find_matches(state.translation, text)
    passages = {f"body.{100 + number}": passage for number, passage in enumerate(article.after)}
    for segment in text:
        if (passage := passages.get(segment.path)) is None:
            continue
        if segment.target:
            is_right = plain_text(segment.target) == passage.right and not passage.is_changed
            counts["filled" if is_right else "filled wrongly"] += 1
        if passage.is_changed:
            counts["changed"] += 1
            offers = lookup.find_matches(segment.source, state.translation.source.locale, state.locale)
            targets = [earlier[segment.pk].target] if segment.pk in earlier else []
            targets += [offer.target for offer in offers if offer.target not in targets]
            counts["offered first"] += passage.right in [plain_text(target) for target in targets[:1]]
            counts["offered"] += passage.right in [plain_text(target) for target in targets[:TOP_OFFERS]]
        elif passage.right:
            counts["unchanged or moved"] += 1


def report() -> str:
    """Measures both halves, each as new pages and as drafts. Returns a section of docs/benchmarks.md."""
    lines = [
        f"## Articles that were changed and the translation memory, {ARTICLES} of them",
        "",
        "`python -m tools.memory quality`: a typing error, another figure, a sentence more, a paragraph moved, a new one in each. "
        "Every second set was kept aside until the end.",
        "",
        "| Articles | unchanged or moved | filled | wrongly | changed | right one first | among the first three |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for seed, is_held_out in ((11, False), (12, True)):
        for as_new_page in (False, True):
            found = articles(ARTICLES // 4, seed + 10 * as_new_page)
            counts = measure(found, as_new_page=as_new_page)
            name = f"{'of another page' if as_new_page else 'on their page'}, {'kept aside' if is_held_out else 'adjusted to'}"
            same, changed = counts["unchanged or moved"], counts["changed"]
            lines.append(
                f"| {name} | {same} | {counts['filled'] / same:.1%} | {counts['filled wrongly']} | {changed} "
                f"| {counts['offered first'] / changed:.1%} | {counts['offered'] / changed:.1%} |"
            )
    return "\n".join(lines)
