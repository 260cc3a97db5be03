"""The URLs that are not in the table (matrix.py): those free to everyone, and those that only acts use."""

# Open to everyone in the admin: oneself, the words of the screens, plain forms without anything of the site in them.
FREE_IN_THE_ADMIN = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:ping",  # of a page that one has open; Wagtail asks whether one may edit it
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_block_preview",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_pages:revisions_index",  # leads to the history, which asks
    "editorial_guide",
    "publish_at_moment",
    "editorial_session",
    "wagtail_localize:javascript_catalog",
    "wagtailadmin_error_test",  # fails, as it should
    "test404/",
}
# Open to everyone: the way in.
FREE_TO_ALL = {
    "wagtailadmin_sprite",
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
    "^.*/$",  # whatever there is not
}
# Addresses of acts alone: what they need is made by the attempts, which come by them.
BY_ACTS = {
    "wagtail_bulk_action",
    "wagtailadmin_pages:move_confirm",
    "wagtailredirects:process_import",  # of a file that has been brought before
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:workflow_preview",
    "wagtailadmin_pages:workflow_history_detail",
    "wagtailadmin_pages:confirm_workflow_cancellation",
}
