"""The template loader removes white space without effect, and nothing else."""

from django.template import Context, Engine

SOURCE = """{# About a list. #}
{% load i18n %}
<ul>
  {% for word in words %}
    <li>
      {{ word }} {% if forloop.first %}first{% endif %}
      <b>again</b>
    </li>
  {% endfor %}
</ul>
"""


def rendered(folder, name):
    (folder / name).write_text(SOURCE)
    loaders, libraries = ["iom.core.template_loader.Loader"], {"i18n": "django.templatetags.i18n"}
    engine = Engine(dirs=[folder], loaders=loaders, libraries=libraries)
    return engine.get_template(name).render(Context({"words": ["one", "two"]}))


def test_words_stay_apart_and_indentation_is_gone(tmp_path):
    shown = rendered(tmp_path, "list.html")

    assert shown == "<ul><li>one first\n<b>again</b></li><li>two \n<b>again</b></li></ul>"


def test_plain_text_is_as_it_is_written(tmp_path):
    assert "\n    <li>\n      one first\n" in rendered(tmp_path, "list.txt")
