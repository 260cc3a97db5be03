"""Views that run the checks while a text is written. The editor sends its form, which is not saved."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.views.decorators.http import require_POST
from wagtail.models import Page

from iom.findings import Finding, errors_of, summary, warnings_of


@require_POST
def check_page(request: HttpRequest, page_id: int) -> JsonResponse:
    """Checks an existing page, for users who may edit it."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return _run_checks(request, page.get_latest_revision_as_object(), page.get_parent())


@require_POST
def check_new_page(
    request: HttpRequest, content_type_app_name: str, content_type_model_name: str, parent_page_id: int
) -> JsonResponse:
    """Checks a page that has not been saved yet, for users who may add it below this parent."""
    parent: Any = get_object_or_404(Page, pk=parent_page_id).specific
    try:
        kind: Any = apps.get_model(content_type_app_name, content_type_model_name)
    except LookupError as error:
        raise Http404 from error
    may_add = parent.permissions_for_user(request.user).can_add_subpage()
    if not may_add or kind not in parent.creatable_subpage_models():
        raise PermissionDenied
    return _run_checks(request, kind(owner=request.user, locale=parent.locale), parent)


def _run_checks(request: HttpRequest, page: Any, parent: Page) -> JsonResponse:
    if not hasattr(page, "override_translatable_fields"):
        raise Http404
    form = page.get_edit_handler().get_form_class()(
        request.POST, request.FILES, instance=page, parent_page=parent, for_user=request.user
    )
    form.defer_required_fields()
    found = _form_errors(form)
    form.write_child_rows()
    found += [*errors_of(form.instance), *warnings_of(form.instance)]
    findings = [
        finding.as_json(_label(finding.where[0], form) if finding.where else "", finding.where) for finding in found
    ]
    return JsonResponse({"summary": summary(found), "findings": findings}, headers={"Cache-Control": "no-store"})


def _form_errors(form: forms.BaseForm) -> list[Finding]:
    """Returns the errors of the form itself. For such a field, the other checks see the value from before."""
    if form.is_valid():
        return []
    texts = {name: " ".join(map(str, errors)) for name, errors in form.errors.items() if name in form.fields}
    return [Finding("form", (name,), text) for name, text in texts.items()]


def _label(name: str, form: Any) -> str:
    if name in form.formsets:
        return capfirst(str(form.formsets[name].model._meta.verbose_name))
    return capfirst(str(form.fields[name].label)) if name in form.fields else ""
