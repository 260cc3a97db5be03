"""The search of the page chooser. It finds words in texts, as the page listings do; Wagtail's finds only titles."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from wagtail import hooks
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.views.chooser import PageChooserTable, SearchView, page_models_from_string, shared_context
from wagtail.models import Page

from search import drafts

SHOWN = 25
ALL = "wagtailcore.page"


class ChooserSearchView(SearchView):
    i18n_enabled = True

    def get(self, request: HttpRequest) -> TemplateResponse:
        self.is_multiple_choice = request.GET.get("multiple")
        kinds = request.GET.get("page_type") or ALL
        try:
            pages = Page.objects.exclude(depth=1).type(*page_models_from_string(kinds)).select_related("locale")
        except (ValueError, LookupError) as error:
            raise Http404 from error
        for hook in hooks.get_hooks("construct_page_chooser_queryset"):
            pages = hook(pages, request)
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        found = drafts.search(pages.specific(), text, request.user) if text else pages.none()
        shown = Paginator(found, SHOWN).get_page(request.GET.get("p"))
        for page in shown:
            page.can_choose, page.is_parent_page = True, False
        table = PageChooserTable(self.columns, shown, show_locale_labels=True)
        context = {"searchform": form, "table": table, "pages": shown, "page_type_string": kinds}
        return TemplateResponse(request, "wagtailadmin/chooser/_search_results.html", shared_context(request, context))
