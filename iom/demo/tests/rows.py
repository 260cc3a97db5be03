"""Helpers of the tests of generated articles."""

import pytest
from django.apps import apps

from iom.demo.generated.articles import People
from iom.users.models import User

# In one process: on PostgreSQL, statistics of all tables are gathered by one transaction at a time.
GROUP = pytest.mark.xdist_group("generated articles")


def row_counts():
    """Returns the number of rows by model.

    The vocabulary of the search is left out, because only a rebuild removes unused words. So is the content version,
    which only rises.
    """
    left_out = ("search.Word", "caching.ContentChange")
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in left_out]
    return {model._meta.label: model._default_manager.count() for model in models}


def people():
    keys = User.objects.values_list("email", "pk")
    of = {email.partition("@")[0]: key for email, key in keys}
    return People(of["officer"], of["translator.en"], of["editor"])
