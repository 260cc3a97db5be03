"""Wagtail’s words: questions before something is deleted or changed, and what is asked of the user."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

WORDS = [
    _("Are you sure you want to convert this alias into an ordinary page?"),
    ngettext_lazy(
        "It will also delete 1 translation and its combined %(translation_descendant_count)s translated child page.",
        "It will also delete 1 translation and its combined %(translation_descendant_count)s translated child pages.",
        0,
    ),
    ngettext_lazy(
        "It will also delete %(translation_count)s translations and their combined "
        "%(translation_descendant_count)s translated child page.",
        "It will also delete %(translation_count)s translations and their combined "
        "%(translation_descendant_count)s translated child pages.",
        0,
    ),
    ngettext_lazy(
        "Deleting this page will also delete 1 translation and its combined "
        "%(translation_descendant_count)s translated child page.",
        "Deleting this page will also delete 1 translation and its combined "
        "%(translation_descendant_count)s translated child pages.",
        0,
    ),
    ngettext_lazy(
        "Deleting this page will also delete %(translation_count)s translations and their combined "
        "%(translation_descendant_count)s translated child page.",
        "Deleting this page will also delete %(translation_count)s translations and their combined "
        "%(translation_descendant_count)s translated child pages.",
        0,
    ),
    ngettext_lazy(
        "Deleting this page will also delete %(translation_count)s translation of this page.",
        "This will also delete %(descendant_count)s more child pages. Deleting this page will also "
        "delete %(translation_count)s translations of this page.",
        0,
    ),
    _("Are you sure you want to delete this collection?"),
    ngettext_lazy(
        "Are you sure you want to tag the following document?",
        "Are you sure you want to tag the following documents?",
        0,
    ),
    ngettext_lazy(
        "Are you sure you want to add the following document to the selected collection?",
        "Are you sure you want to add the following documents to the selected collection?",
        0,
    ),
    ngettext_lazy(
        "Are you sure you want to delete this document?",
        "Are you sure you want to delete these documents?",
        0,
    ),
    ngettext_lazy(
        "Are you sure you want to tag the following image?",
        "Are you sure you want to tag the following images?",
        0,
    ),
    ngettext_lazy(
        "Are you sure you want to add the following image to the selected collection?",
        "Are you sure you want to add the following images to the selected collection?",
        0,
    ),
    ngettext_lazy("Are you sure you want to delete this image?", "Are you sure you want to delete these images?", 0),
    _("Are you sure you want to delete this site?"),
    _("Are you sure you want to delete this group?"),
    _("Are you sure you want to revoke this API token?"),
    _(
        "You haven't uploaded any documents in this collection. Why not <a "
        'href="%(wagtaildocs_add_document_url)s">upload one now</a>?'
    ),
    _('You haven\'t uploaded any documents. Why not <a href="%(wagtaildocs_add_document_url)s">upload one now</a>?'),
    _(
        "You haven't uploaded any images in this collection. Why not <a "
        'href="%(wagtailimages_add_image_url)s">upload one now</a>?'
    ),
    _('You haven\'t uploaded any images. Why not <a href="%(wagtailimages_add_image_url)s">upload one now</a>?'),
    _("Version from %(timestamp)s of %(model_name)s '%(object)s' has been scheduled for publishing."),
    _("Version from %(timestamp)s of %(model_name)s '%(object)s' has been published."),
    _('File format of type "%(extension)s" is not supported.'),
    _("Search term(s)/phrase"),
    _("Search term(s)"),
    _(
        "Enter the full search string to match. An exact match is required for your Promoted Results to be "
        "displayed, wildcards are NOT allowed."
    ),
    _("Unknown %(action)s"),
    _("Cannot overwrite a revision that is not the latest for this %(model_name)s."),
    _("Wagtail locales"),
    _("Wagtail snippets"),
    _("Delete selected snippets"),
    _("Select all snippets in listing"),
    _("Published '{object}' in {locale}."),
    _("Published '{object}' in {locale} with missing translations - see below."),
    _("Please upload a valid PO file."),
]
