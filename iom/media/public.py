"""Which files visitors may have: those to which something refers that they may see.

Wagtail's reference index says what refers to a file: pages as they were last published, not their drafts. Whether the
visitor may see it is asked at each request. Everything else is for users of the admin.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from iom.caching.version import Version
from iom.caching.watch import ENVIRON, Observation

MOST_KNOWN = 50_000  # names of files, in each process

# A browser keeps a picture that was public: its address changes with its content. A cache that many share has to ask
# again, since the picture may have been withdrawn.
TO_EVERYONE = "public, max-age=31536000, immutable, s-maxage=60"
TO_EDITORS = "private, max-age=86400"
TO_ONE_PERSON = "no-store, private"


class Referrers(NamedTuple):
    """The rows of a model that may refer to files."""

    visible: Callable[[QuerySet[Any]], QuerySet[Any]]  # those of the rows that anyone may see
    are_open_to: Callable[[HttpRequest, QuerySet[Any]], bool]  # whether the person who asks may see one of them


referrers: dict[type[Model], Referrers] = {}


def register(
    model: type[Model],
    visible: Callable[[QuerySet[Any]], QuerySet[Any]],
    are_open_to: Callable[[HttpRequest, QuerySet[Any]], bool] = lambda _request, _rows: False,
) -> None:
    """Says which rows of a model visitors may see, with their files; of pages, of the model `Page`.

    What is indexed as of a page's own model stands in drafts (`iom.media.drafts`): ValueError.
    """
    if issubclass(model, Page) and model is not Page:
        raise ValueError(model)
    referrers[model] = Referrers(visible, are_open_to)


def _referring(file: Model) -> Iterator[tuple[Referrers, QuerySet[Any]]]:
    """For each of the models, its rows that refer to the file."""
    references = ReferenceIndex.get_references_to(file)
    for model, rules in referrers.items():
        of_model = references.filter(base_content_type=ContentType.objects.get_for_model(model))
        keys = of_model.values(key=Cast("object_id", model._meta.pk))
        yield rules, model._default_manager.filter(pk__in=keys)


def is_public(file: Model) -> bool:
    """Whether anyone may have the picture or document at this moment."""
    return any(rules.visible(rows).exists() for rules, rows in _referring(file))


def _may_choose(user: Any, file: Model) -> bool:
    """Whether the admin offers the file to the user."""
    policy: Any = policy_registry.get_by_type(type(file))
    return bool(policy.user_has_any_permission_for_instance(user, ("choose", "change"), file))


def control_for(request: HttpRequest, file: Model) -> str:
    """How long who asks may keep a file that they may have.

    Raises Http404 for others, as if there were no such file.
    """
    if is_public(file):
        return TO_EVERYONE
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        if request.user.has_perm("wagtailadmin.access_admin") and _may_choose(request.user, file):
            return TO_EDITORS
        if any(rules.are_open_to(request, rows) for rules, rows in _referring(file)):
            return TO_ONE_PERSON
    raise Http404


_known: dict[str, Version] = {}  # the names of public files, with the version of the content at which they were


def observation(request: HttpRequest) -> Observation:
    """What the page cache knows of the version; none where the site runs without it."""
    watch = request.META.get(ENVIRON)
    return watch.observe() if watch else Observation(None, 0)


def is_known(name: str, seen: Observation) -> bool:
    """Whether the file is public at this version, or was last public while the database is away."""
    version = _known.get(name)
    return version is not None and (seen.is_away or version == seen.version)


def remember(name: str, seen: Observation) -> None:
    """That the file is public. `seen`: before that was asked."""
    if seen.version is not None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[name] = seen.version
