"""Decides which files visitors may have: the pictures and documents to which a public row refers.

Wagtail's reference index contains the references of pages as last published, not those of drafts. Each request checks
whether a referring row is public. All other files are for users of the admin.
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
from iom.caching.watch import WATCH_KEY, Observation

MAX_KNOWN = 50_000  # names of public files that a process remembers

# A browser may keep a public picture, since its address changes with its content. A shared cache must validate it
# after a minute, since the picture may have been withdrawn.
TO_EVERYONE = "public, max-age=31536000, immutable, s-maxage=60"
TO_EDITORS = "private, max-age=86400"
TO_ONE_PERSON = "no-store, private"


class Referrers(NamedTuple):
    """The rules for the rows of a model that may refer to files."""

    visible: Callable[[QuerySet[Any]], QuerySet[Any]]  # filters rows to those that anyone may see
    may_see: Callable[[HttpRequest, QuerySet[Any]], bool]  # whether the request may see one of the rows


referrers: dict[type[Model], Referrers] = {}


def register(
    model: type[Model],
    visible: Callable[[QuerySet[Any]], QuerySet[Any]],
    may_see: Callable[[HttpRequest, QuerySet[Any]], bool] = lambda _request, _rows: False,
) -> None:
    """Registers which rows of a model visitors may see, with their files. For pages, the model is `Page`.

    Raises ValueError for a page's own model, under which the index has the references of drafts (`iom.media.drafts`).
    """
    if issubclass(model, Page) and model is not Page:
        raise ValueError(model)
    referrers[model] = Referrers(visible, may_see)


def _referring(file: Model) -> Iterator[tuple[Referrers, QuerySet[Any]]]:
    """Yields the rules of each model, and its rows that refer to the file."""
    references = ReferenceIndex.get_references_to(file)
    for model, rules in referrers.items():
        of_model = references.filter(base_content_type=ContentType.objects.get_for_model(model))
        keys = of_model.values(key=Cast("object_id", model._meta.pk))
        yield rules, model._default_manager.filter(pk__in=keys)


def is_public(file: Model) -> bool:
    """Whether anyone may have the picture or document now."""
    return any(rules.visible(rows).exists() for rules, rows in _referring(file))


def _may_choose(user: Any, file: Model) -> bool:
    """Whether the admin offers the file to the user."""
    policy: Any = policy_registry.get_by_type(type(file))
    return bool(policy.user_has_any_permission_for_instance(user, ("choose", "change"), file))


def cache_control_for(request: HttpRequest, file: Model) -> str:
    """Returns the Cache-Control header for a file that the request may have.

    Raises Http404 for others, as if the file did not exist.
    """
    if is_public(file):
        return TO_EVERYONE
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        if request.user.has_perm("wagtailadmin.access_admin") and _may_choose(request.user, file):
            return TO_EDITORS
        if any(rules.may_see(request, rows) for rules, rows in _referring(file)):
            return TO_ONE_PERSON
    raise Http404


_public_files: dict[str, Version] = {}  # the names of public files, with the content version of the check


def get_observation(request: HttpRequest) -> Observation:
    """Returns the page cache's observation of the content version; an empty one if the site runs without it."""
    watch = request.META.get(WATCH_KEY)
    return watch.observe() if watch else Observation(None, 0)


def is_known_public(name: str, seen: Observation) -> bool:
    """Whether the file is known to be public at this version; while the database is down, at the last known one."""
    version = _public_files.get(name)
    return version is not None and (seen.is_away or version == seen.version)


def remember_public(name: str, seen: Observation) -> None:
    """Remembers that the file is public. `seen`: the observation from before the check."""
    if seen.version is not None:
        if len(_public_files) >= MAX_KNOWN:
            _public_files.clear()
        _public_files[name] = seen.version
