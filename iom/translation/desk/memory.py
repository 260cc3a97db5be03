"""The concordance search in the translation memory, as an admin page and in the translators' editor."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from iom.translation.memory import concordance
from iom.translation.memory.concordance import ConcordanceQuery
from iom.translation.memory.origins import origin
from iom.translation.models import MemoryEntry
from iom.translation.workflow.views import DeskScreen

_MAX_QUERY_LENGTH = 200  # characters


def _entry_context(entry: MemoryEntry, query: ConcordanceQuery) -> dict[str, Any]:
    return {
        "entry": entry,
        "source": query.highlight(entry.source, entry.source_locale.language_code),
        "target": query.highlight(entry.target, entry.target_locale.language_code),
        "origin": origin(entry),
    }


class MemoryView(DeskScreen, TemplateView):
    """A page with the form and the results; for the editor's script, the results alone."""

    page_title = gettext_lazy("Translation memory")
    header_icon = "history"

    def get_template_names(self) -> list[str]:
        is_script = self.request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return ["translation/memory/results.html" if is_script else "translation/memory/page.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()[:_MAX_QUERY_LENGTH]
        query = ConcordanceQuery(text)
        found = [_entry_context(entry, query) for entry in concordance.search(query)] if text else []
        return super().get_context_data(**kwargs) | {"query": text, "found": found}
