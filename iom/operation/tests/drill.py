"""A site with all that a newsroom has under way, and all that can be seen of it and read in its database.

Its functions run in processes of the site's own: `in_site(environment, "make")`.
"""

import hashlib
import json
import sys
from datetime import timedelta
from pathlib import Path

from iom.tests import databases

SETTINGS = {"DJANGO_SETTINGS_MODULE": "iom.settings.development"}
# What a restoration makes again, or belongs to one kind of database.
DERIVED = (
    "caching_contentchange",
    "django_session",
    "usersessions_usersession",
    "newsroom_pressarchive",
    "wagtailsearch_",
    "django_migrations",
)
MARK = "What was found: "


def in_site(environment, call):
    """Returns the result of `iom.operation.tests.drill.<call>` in a process of the site."""
    code = f"import json; from iom.operation.tests import drill; print(drill.MARK + json.dumps(drill.{call}))"
    told = databases.manage(environment | SETTINGS, "shell", "--verbosity", "0", "--command", code)
    return json.loads(told.rpartition(MARK)[2])


def make():
    """Creates drafts, schedules, reviews, translations, people and private pages besides the demonstration."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone
    from wagtail.models import Comment, Page, PageViewRestriction

    from iom.publishing import failures
    from iom.publishing.models import Job
    from iom.tests.concurrency import scenarios
    from iom.users.models import User
    from newsroom.models import NewsArticle, PressArchive

    scenarios.prepare()
    scenarios.draft()
    late = scenarios.due()
    scenarios.expired()
    scenarios.waiting_joint_publication()
    scenarios.due_joint_publication()
    scenarios.in_workflow(scenarios.pair)()
    scenarios.submitted(title="Titre « œuvre » — 🙂 \\ ' \" %s", summary="\u202f\u00a0\u2028\n")
    scenarios.with_question()
    private = scenarios.pair()
    page = NewsArticle.objects.get(pk=private.page)
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    Comment.objects.create(page=page, user=scenarios.person("editor"), text="?", contentpath="title")
    User.objects.create_user("left@example.org", is_active=False, last_name="Ñandú")
    failures.record(late.page, "publish", scenarios.person("officer").pk, ValueError("no"))
    Job.objects.create(kind="press-archive", key="0", attempts=10, duration=timedelta(seconds=1.5), reason="x")
    # Of a page that the sitemap does not name: the link to an archive is missing until the archive is made again.
    PressArchive.objects.create(article=page, file="press/token/a.zip", size=1)
    session = SessionStore()
    session["secret"] = "of a session"
    session.set_expiry(timezone.now() + timedelta(days=1))
    session.create()
    for command in ("listing", "search"):  # some of the above was written behind their back
        call_command(command, "--rebuild")
    return Page.objects.count()


def seen():
    """Returns digests of all public pages and of all rows, and checks the listing and the search index."""
    from django.core.management import call_command

    for command in ("listing", "search"):
        call_command(command, "--check")
    return {"rows": rows(), "pages": pages()}


def pages():
    """Returns a digest of each page of the sitemap, of the feeds and of some searches."""
    from django.test import Client

    from iom.tests import sitemap

    client = Client(headers={"host": "127.0.0.1:8000"})
    found = [sitemap.address(entry).partition(":8000")[2] for entry in sitemap.entries(client)]
    found += ["/sitemap.xml", "/robots.txt", "/fr/actualites/rss/", "/en/news/atom/"]
    found += [f"/fr/recherche/?q={words}" for words in ("migration", "titre", "oeuvre", "reinstalation")]
    answers = {address: client.get(address) for address in found}
    return {
        address: [answer.status_code, hashlib.sha256(answer.content).hexdigest()]
        for address, answer in answers.items()
    }


def rows():
    """Returns all rows by table, with values as the models read them; JSON fields as they are stored."""
    from django.apps import apps
    from django.core.serializers.json import DjangoJSONEncoder
    from django.db import connection
    from django.db.models import JSONField, TextField
    from django.db.models.functions import Cast

    class Encoder(DjangoJSONEncoder):
        def default(self, value):
            return value.hex() if isinstance(value, bytes | memoryview) else super().default(value)

    present, found = set(connection.introspection.table_names()), {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in present or table.startswith(DERIVED):
            continue
        fields = model._meta.local_concrete_fields
        columns = [Cast(f.attname, TextField()) if isinstance(f, JSONField) or f.get_internal_type() == "JSONField" else f.attname for f in fields]  # fmt: skip
        values = model._base_manager.order_by("pk").values_list(*columns)
        are_json = [not isinstance(column, str) for column in columns]
        found[table] = [
            [json.loads(v) if is_json and v is not None else v for is_json, v in zip(are_json, row, strict=True)]
            for row in values
        ]
    for table in ("django_content_type", "auth_permission"):  # each kind of database has an index of its own
        found[table] = [row for row in found[table] if not any("indexentry" in str(value) for value in row)]
    return json.loads(json.dumps(found, cls=Encoder))


def media(folder):
    """Returns a digest of each file except the press archives."""
    root = Path(folder) / "media"
    paths = [path for path in root.rglob("*") if path.is_file()]
    digests = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return {name: digest for name, digest in digests.items() if not name.startswith("press/")}


def is_usable():
    """Checks that nothing prevents users from continuing to write."""
    from iom.caching.models import ContentChange
    from iom.tests.concurrency import scenarios
    from iom.users.models import User

    def version():
        return sum(ContentChange.objects.values_list("number", flat=True))

    before = version()
    User.objects.create_user("new@example.org")
    scenarios.article(slug="afterwards")
    return [] if version() != before else ["the version of the content is as before"]


def publish_on():
    """Publishes an article repeatedly."""
    from iom.tests.concurrency import scenarios
    from newsroom.models import NewsArticle

    page = NewsArticle.objects.get(pk=scenarios.article(slug="publication").page)
    for number in range(100_000):
        page.title = f"Publication {number}"
        page.save_revision().publish()
        if not number:
            sys.stdout.write("begun\n")
            sys.stdout.flush()
        page = NewsArticle.objects.get(pk=page.pk)


def of_one_moment():
    """Returns the article's title in the page, its revision and the listing."""
    from iom.listing.models import Entry
    from newsroom.models import NewsArticle

    page = NewsArticle.objects.get(slug="publication", locale__language_code="fr")
    return [page.title, page.live_revision.content["title"], Entry.objects.get(page=page.pk).title]


def made_by_people():
    """Returns the numbers of pages and users that no `migrate` creates; zero without tables."""
    from django.db import connection
    from wagtail.models import Page

    from iom.users.models import User

    if not connection.introspection.table_names():
        return 0
    return Page.objects.filter(depth__gt=2).count() + User.objects.count()
