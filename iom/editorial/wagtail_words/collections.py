"""Wagtail’s words: pictures, documents, languages, redirects, and promoted results."""

from django.utils.translation import gettext_lazy as _

WORDS = [
    _("Oldest"),
    _("File size: (low to high)"),
    _("File size: (high to low)"),
    _("Usage count: (low to high)"),
    _("Usage count: (high to low)"),
    _("Title: (A -> Z)"),
    _("Title: (Z -> A)"),
    _("Supported formats: %(supported_formats)s."),
    _("Supported formats: %(supported_formats)s. Maximum filesize: %(max_upload_size)s."),
    _("Maximum filesize: %(max_upload_size)s."),
    _("Not a supported image format. Supported formats: %(supported_formats)s."),
    _("This file is too big (%(file_size)s). Maximum filesize %(max_filesize)s."),
    _("This file is too big. Maximum filesize %(max_filesize)s."),
    _("Uploading…"),
    _("uploaded by user"),
    _("Sorry, upload failed."),
    _(
        "Upload successful. Please update this image with a more appropriate title, if necessary. You may "
        "also delete the image completely if the upload wasn't required."
    ),
    _(
        "Upload successful. Please update this document with a more appropriate title, if necessary. You may "
        "also delete the document completely if the upload wasn't required."
    ),
    _(
        "Upload successful. However, your new image seems to be a duplicate of an existing image. You may "
        "delete it if it wasn't required."
    ),
    _(
        "Upload successful. However, your new image seems to be a duplicate of this existing image. You may "
        "delete it if it wasn't required."
    ),
    _("Drag and drop images into this area to upload immediately."),
    _("Drag and drop documents into this area to upload immediately."),
    _("You haven't uploaded any images."),
    _("You haven't uploaded any images in this collection."),
    _("You haven't uploaded any documents."),
    _("You haven't uploaded any documents in this collection."),
    _(
        'Why not <a class="upload-one-now" href="#tab-upload" data-action="w-tabs#select:prevent" '
        'data-w-tabs-target="trigger" data-w-tabs-focus-param="true">upload one now</a>?'
    ),
    _("Filter by up to ten most popular tags."),
    _("Tag(s) %(value_too_long)s are over %(max_tag_length)d characters."),
    _('Multi-word tags with spaces will automatically be enclosed in double quotes (").'),
    _("Please provide a comma-separated list of tags."),
    _("A comma-separated list of tags."),
    _("Image focal point"),
    _("Focal point"),
    _("Current focal point shown"),
    _("Max dimensions"),
    _("Add images"),
    _("created at"),
    _("Delete image"),
    _("Delete selected images"),
    _("Add selected documents to collection"),
    _("Locales"),
    _("Add a locale"),
    _("Add locale"),
    _("Delete locale"),
    _("Locale '%(object)s' created."),
    _("Locale '%(object)s' updated."),
    _("Locale '%(object)s' deleted."),
    _("The locale could not be saved due to errors."),
    _("Are you sure you want to delete this locale?"),
    _("This locale cannot be deleted because there are no other locales."),
    _("This locale cannot be deleted because there are pages and/or other objects using it."),
    _("This locale's language code is not supported"),
    _("This locale's current language code is not supported. Please choose a new language or delete this locale."),
    _("Synchronise content from another locale"),
    _(
        "Choose a locale to synchronise content from. Any existing and future content authored in the "
        "selected locale will be automatically copied to this one."
    ),
    _("This locale cannot be synced into itself."),
    _("{} locales"),
    _("redirect"),
    _("redirects"),
    _("Redirects"),
    _("Add redirect"),
    _("Import redirects"),
    _("Search redirects"),
    _("redirect from"),
    _("redirect to a page"),
    _("redirect to any URL"),
    _("target page route"),
    _("Delete redirect %(title)s"),
    _("Are you sure you want to delete this redirect?"),
    _("A redirect with this path already exists."),
    _("Redirect '%(redirect_title)s' added."),
    _("Redirect '%(redirect_title)s' updated."),
    _("Redirect '%(redirect_title)s' deleted."),
    _("The redirect could not be saved due to errors."),
    _("The redirect could not be created due to errors."),
    _('No redirects have been created. Why not <a href="%(wagtailredirects_add_redirect_url)s">add one</a>?'),
    _("%(setting_type)s updated."),
    _("Recommended search result"),
    _("Add a recommended result"),
    _("Add new promoted result"),
    _("Promoted results"),
    _("Promoted search result"),
    _("Promoted search results"),
    _("No promoted results have been created."),
    _('No promoted results have been created. Why not <a href="%(wagtailsearchpromotions_add_url)s">add one</a>?'),
    _("Are you sure you want to delete all promoted results for this search term?"),
    _("Choose an internal page for this promotion"),
    _("Alternatively, use an external link for this promotion"),
    _("Applies to internal page or external link"),
    _("Editor's picks deleted."),
    _("Editor's picks for '%(query)s' created."),
    _("Editor's picks for '%(query)s' updated."),
    _(
        "Set this to something other than 80 if you need a specific port number to appear in URLs (e.g. "
        "development on port 8000). Does not affect request handling (so port forwarding still works)."
    ),
]
