"""The search of the memory: how words were rendered, in a page of the admin and in the translators' editor."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from iom.translation.memory import concordance
from iom.translation.memory.concordance import Asked
from iom.translation.memory.origins import origin
from iom.translation.models import MemoryEntry
from iom.translation.workflow.views import DeskScreen

_LONGEST = 200  # letters of a query


def _shown(entry: MemoryEntry, asked: Asked) -> dict[str, Any]:
    return {
        "entry": entry,
        "source": asked.parted(entry.source, entry.source_locale.language_code),
        "target": asked.parted(entry.target, entry.target_locale.language_code),
        "origin": origin(entry),
    }


class MemoryView(DeskScreen, TemplateView):
    """A page with the form and what was found; for the editor's script, what was found alone."""

    page_title = gettext_lazy("Translation memory")
    header_icon = "history"

    def get_template_names(self) -> list[str]:
        is_script = self.request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return ["translation/memory/results.html" if is_script else "translation/memory/page.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:_LONGEST]
        asked = Asked(query)
        found = [_shown(entry, asked) for entry in concordance.search(asked)] if query else []
        return super().get_context_data(**kwargs) | {"query": query, "found": found}
