"""The rest of the table (matrix.py): addresses that concern neither a page nor a translation, and those that are free."""

from iom.editorial.tests.matrix import table

OTHERS = table(
    """
    # Pages, wherever they are
    wagtailadmin_api:pages:listing                                oednf
    wagtailadmin_api:pages:detail                                 oedf
    wagtailadmin_api:pages:find                                   -
    wagtailadmin_api:pages:action                                 -
    wagtailadmin_api:documents:listing                            oednf
    wagtailadmin_api:documents:detail                             oednf
    wagtailadmin_api:documents:find                               -
    wagtailadmin_api:images:listing                               oednf
    wagtailadmin_api:images:detail                                oednf
    wagtailadmin_api:images:find                                  -
    wagtailadmin_explore_root                                     oednf
    wagtailadmin_pages:type_use                                   oednf
    wagtailadmin_pages:choose_parent                              oednf
    wagtailadmin_pages:type_use_results                           oednf
    wagtailadmin_pages:search                                     oednf
    wagtailadmin_pages:search_results                             oednf
    wagtailadmin_pages:revisions_compare                          oed
    wagtailadmin_choose_page                                      oednf
    wagtailadmin_choose_page_search                               oednf
    wagtailadmin_choose_page_chosen_multiple                      oednf
    picture_words                                                 oednf
    newsroom_import                                               oed
    newsroom_emergency                                            oed
    newsroom_articles                                             oed
    newsroom_articles_results                                     oed
    newsroom_calendar                                             oed
    newsroom_reads                                                oed
    # The translation desk
    translation_questions                                         oednf
    translation_desk                                              oednf
    translation_desk_results                                      oednf
    wagtail_localize:submit_snippet_translation                   -
    wagtail_localize:update_translations                          -
    wagtail_localize:translations_report                          oednf
    wagtail_localize:snippets_api_listing                         -
    wagtail_localize:snippets_api_detail                          -
    wagtail_localize:translations_report_results                  -
    review_rules:index                                            d
    review_rules:index_results                                    d
    review_rules:add                                              d
    review_rules:edit                                             d
    review_rules:delete                                           d
    review_rules:history                                          d
    review_rules:history_results                                  d
    review_rules:usage                                            d
    language_rules:index                                          d
    language_rules:index_results                                  d
    language_rules:add                                            -
    language_rules:edit                                           d
    language_rules:delete                                         -
    language_rules:history                                        d
    language_rules:history_results                                d
    language_rules:usage                                          d
    # Jobs
    publishing_jobs                                               d
    publishing_jobs_results                                       d
    publishing_jobs_try_again                                     d
    # Deleted pages
    publishing_deleted                                            oed
    publishing_deleted_results                                    oed
    publishing_deleted_restore                                    -
    publishing_deleted_forget                                     -
    # Withdrawn texts
    withdrawal_texts                                              oednf
    withdrawal_texts_results                                      oednf
    withdrawal_decline                                            -
    operation_status                                              d
    # Records
    wagtailsnippets:index                                         -
    wagtailsnippets_contacts_office:list                          oed
    wagtailsnippets_contacts_office:list_results                  oed
    wagtailsnippets_contacts_office:add                           ed
    wagtailsnippets_contacts_office:edit                          ed
    wagtailsnippets_contacts_office:delete                        ed
    wagtailsnippets_contacts_office:usage                         ed
    wagtailsnippets_contacts_office:history                       ed
    wagtailsnippets_contacts_office:history_results               ed
    wagtailsnippets_contacts_office:copy                          ed
    wagtailsnippetchoosers_contacts_office:choose                 oednf
    wagtailsnippetchoosers_contacts_office:choose_results         oednf
    wagtailsnippetchoosers_contacts_office:chosen                 oednf
    wagtailsnippetchoosers_contacts_office:chosen_multiple        oednf
    wagtailsnippetchoosers_contacts_office:create                 ed
    wagtailsnippets_contacts_presscontact:list                    oed
    wagtailsnippets_contacts_presscontact:list_results            oed
    wagtailsnippets_contacts_presscontact:add                     oed
    wagtailsnippets_contacts_presscontact:edit                    oed
    wagtailsnippets_contacts_presscontact:delete                  ed
    wagtailsnippets_contacts_presscontact:usage                   oed
    wagtailsnippets_contacts_presscontact:history                 oed
    wagtailsnippets_contacts_presscontact:history_results         oed
    wagtailsnippets_contacts_presscontact:copy                    oed
    wagtailsnippetchoosers_contacts_presscontact:choose           oednf
    wagtailsnippetchoosers_contacts_presscontact:choose_results   oednf
    wagtailsnippetchoosers_contacts_presscontact:chosen           oednf
    wagtailsnippetchoosers_contacts_presscontact:chosen_multiple  oednf
    wagtailsnippetchoosers_contacts_presscontact:create           oed
    topics:index                                                  oednf
    topics:index_results                                          oednf
    topics:add                                                    ed
    topics:edit                                                   oednf
    topics:delete                                                 ed
    topics:usage                                                  oednf
    topics:history                                                oednf
    topics:history_results                                        oednf
    country_texts:index                                           oednf
    country_texts:index_results                                   oednf
    country_texts:add                                             oed
    country_texts:edit                                            oednf
    country_texts:delete                                          ed
    country_texts:usage                                           oednf
    country_texts:history                                         oednf
    country_texts:history_results                                 oednf
    # Pictures and documents
    wagtaildocs:index                                             oed
    wagtaildocs:index_results                                     oed
    wagtaildocs:add                                               oed
    wagtaildocs:edit                                              ed
    wagtaildocs:delete                                            ed
    wagtaildocs:add_multiple                                      oed
    wagtaildocs:edit_multiple                                     ed
    wagtaildocs:create_multiple_from_uploaded_document            -
    wagtaildocs:delete_multiple                                   ed
    wagtaildocs:delete_upload_multiple                            -
    wagtaildocs:document_usage                                    ed
    wagtailimages:index                                           oed
    wagtailimages:index_results                                   oed
    wagtailimages:edit                                            ed
    wagtailimages:delete                                          ed
    wagtailimages:url_generator                                   -
    wagtailimages:url_generator_output                            -
    wagtailimages:preview                                         ed
    wagtailimages:add                                             oed
    wagtailimages:image_usage                                     ed
    wagtailimages:add_multiple                                    oed
    wagtailimages:edit_multiple                                   ed
    wagtailimages:create_multiple_from_uploaded_image             -
    wagtailimages:delete_multiple                                 ed
    wagtailimages:delete_upload_multiple                          -
    wagtaildocs_chooser:choose                                    oednf
    wagtaildocs_chooser:choose_results                            oednf
    wagtaildocs_chooser:chosen                                    oednf
    wagtaildocs_chooser:chosen_multiple                           oednf
    wagtaildocs_chooser:create                                    oed
    wagtailimages_chooser:choose                                  oednf
    wagtailimages_chooser:choose_results                          oednf
    wagtailimages_chooser:chosen                                  oednf
    wagtailimages_chooser:chosen_multiple                         oednf
    wagtailimages_chooser:create                                  oed
    wagtailimages_chooser:select_format                           oednf
    # Reports
    wagtailadmin_reports:locked_pages                             ed
    wagtailadmin_reports:locked_pages_results                     ed
    wagtailadmin_reports:workflow                                 oednf
    wagtailadmin_reports:workflow_results                         oednf
    wagtailadmin_reports:workflow_tasks                           oednf
    wagtailadmin_reports:workflow_tasks_results                   oednf
    wagtailadmin_reports:site_history                             oednf
    wagtailadmin_reports:site_history_results                     oednf
    wagtailadmin_reports:aging_pages                              oednf
    wagtailadmin_reports:aging_pages_results                      oednf
    wagtailadmin_reports:page_types_usage                         oednf
    wagtailadmin_reports:page_types_usage_results                 oednf
    page_reviews                                                  oed
    page_reviews_results                                          oed
    # What is searched, and what editors recommend
    search_terms                                                  ed
    search_terms_results                                          ed
    wagtailsearchpromotions:index                                 ed
    wagtailsearchpromotions:index_results                         ed
    wagtailsearchpromotions:add                                   ed
    wagtailsearchpromotions:edit                                  ed
    wagtailsearchpromotions:delete                                ed
    wagtailsearchpromotions:chooser                               oednf
    wagtailsearchpromotions:chooserresults                        oednf
    wagtailsearchpromotions:search_terms                          -
    wagtailsearchpromotions:search_terms_results                  -
    # How the site is run
    wagtailadmin_collections:index                                d
    wagtailadmin_collections:add                                  d
    wagtailadmin_collections:edit                                 d
    wagtailadmin_collections:delete                               d
    wagtailadmin_collections:set_privacy                          d
    wagtailadmin_workflows:index                                  d
    wagtailadmin_workflows:index_results                          d
    wagtailadmin_workflows:add                                    d
    wagtailadmin_workflows:enable                                 d
    wagtailadmin_workflows:disable                                d
    wagtailadmin_workflows:edit                                   d
    wagtailadmin_workflows:usage                                  d
    wagtailadmin_workflows:usage_results                          d
    wagtailadmin_workflows:add_task                               -
    wagtailadmin_workflows:select_task_type                       d
    wagtailadmin_workflows:task_index                             d
    wagtailadmin_workflows:task_index_results                     d
    wagtailadmin_workflows:edit_task                              d
    wagtailadmin_workflows:disable_task                           d
    wagtailadmin_workflows:enable_task                            d
    wagtailadmin_workflows:task_chooser                           oednf
    wagtailadmin_workflows:task_chooser_results                   oednf
    wagtailadmin_workflows:task_chooser_create                    oednf
    wagtailadmin_workflows:task_chosen                            oednf
    wagtailredirects:index                                        ed
    wagtailredirects:index_results                                ed
    wagtailredirects:add                                          ed
    wagtailredirects:edit                                         ed
    wagtailredirects:delete                                       ed
    wagtailredirects:start_import                                 ed
    wagtailsettings:edit                                          ed
    wagtailsettings:preview_on_edit                               -
    wagtaillocales:index                                          -
    wagtaillocales:index_results                                  -
    wagtaillocales:add                                            -
    wagtaillocales:edit                                           -
    wagtaillocales:delete                                         -
    wagtaillocales:history                                        -
    wagtaillocales:history_results                                -
    wagtaillocales:usage                                          -
    wagtailsites:index                                            d
    wagtailsites:index_results                                    d
    wagtailsites:add                                              d
    wagtailsites:edit                                             d
    wagtailsites:delete                                           d
    wagtailsites:history                                          d
    wagtailsites:history_results                                  d
    wagtailsites:usage                                            d
    wagtailsites:copy                                             d
    wagtailusers_users:index                                      d
    wagtailusers_users:index_results                              d
    wagtailusers_users:add                                        d
    wagtailusers_users:edit                                       d
    wagtailusers_users:delete                                     d
    wagtailusers_users:history                                    d
    wagtailusers_users:history_results                            d
    wagtailusers_users:usage                                      d
    wagtailusers_users:copy                                       d
    wagtailusers_users:security                                   d
    wagtailusers_groups:index                                     d
    wagtailusers_groups:index_results                             d
    wagtailusers_groups:add                                       d
    wagtailusers_groups:edit                                      d
    wagtailusers_groups:delete                                    d
    wagtailusers_groups:history                                   d
    wagtailusers_groups:history_results                           d
    wagtailusers_groups:usage                                     d
    """
)

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
