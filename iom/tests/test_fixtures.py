"""A dump of the whole site can be loaded into an empty database without changes: no receiver fails or adds rows."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_save, pre_save
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from iom.translation.models import TranslationState
from newsroom.models import NewsArticle

OWN_APPS = ("iom", "home", "aboutus", "newsroom", "search")
# What Django, Wagtail and the database generate: content types, the search index, the reference index, the content
# version.
GENERATED = ["contenttypes", "wagtailsearch", "wagtailcore.referenceindex", "caching"]


def receivers():
    """Yields the site's receivers of `pre_save` and `post_save`, each with a model that it is called for."""
    models = {id(model): model for model in apps.get_models(include_auto_created=True)}
    for signal in (pre_save, post_save):
        for (_receiver, sender), reference, *_rest in signal.receivers:
            function = reference() if hasattr(reference, "__callback__") else reference
            if function is not None and function.__module__.split(".")[0] in OWN_APPS:
                yield signal, function, models.get(sender, HomePage)


@pytest.mark.parametrize(
    ("signal", "function", "model"), list(receivers()), ids=lambda value: getattr(value, "__name__", "")
)
def test_a_receiver_makes_no_queries_while_a_fixture_is_loaded(db, signal, function, model):
    """The other rows may not be loaded yet."""
    instance = model()
    if model is HomePage:
        instance.depth = 2
    with CaptureQueriesContext(connection) as queries:
        function(
            sender=model, instance=instance, created=True, raw=True, update_fields=None, using="default", signal=signal
        )

    assert not queries.captured_queries


def dump(folder, name):
    file = folder / name
    call_command("dumpdata", exclude=GENERATED, output=str(file), verbosity=0)
    rows = json.loads(file.read_text().replace(".000Z", "Z"))  # a dump omits milliseconds that are zero
    return file, {(row["model"], str(row["pk"])): row["fields"] for row in rows}


def test_the_demonstration_dumped_and_loaded_is_the_same(db, tmp_path, visitor):
    types = tmp_path / "types.json"  # `migrate` creates them, and Wagtail reads them while it indexes
    call_command("dumpdata", "contenttypes", output=str(types), verbosity=0)
    file, before = dump(tmp_path, "before.json")
    call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
    assert not NewsArticle.objects.exists()

    call_command("loaddata", str(types), str(file), verbosity=0)

    _file, after = dump(tmp_path, "after.json")
    assert after.keys() == before.keys()
    assert after == before
    assert TranslationState.objects.exists()
    assert visitor.get("/fr/actualites/").status_code == 200
