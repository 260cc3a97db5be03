"""The table of permissions in the admin: which role has access to each URL, and which may do each act.

A row names a URL or an act, and the roles with access or success, a letter for each:

    a  anonymous       o  communications officer    e  newsroom editor
    d  administrator   f  translator into French    n  translator into English

`-` stands for nobody: refused to all, or not applicable. A test fails for a URL that is neither in a table nor in the
list of URLs that are free to everyone in the admin.
"""

ROLES = {"a": None, "o": "officer", "e": "editor", "f": "translator.fr", "n": "translator.en", "d": "admin"}

Table = dict[str, tuple[str, ...]]


def table(text: str) -> Table:
    """Parses a table: rows by their first word, each cell with its letters sorted."""
    rows = (line.split() for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))
    return {name: tuple("".join(sorted(cell.strip("-"))) for cell in cells) for name, *cells in rows}


# Addresses that concern a page                        an original       a translation
#                                                      French English    French English
PAGES = table(
    """
    wagtailadmin_explore                              oednf  oednf  oednf  oednf
    wagtailadmin_explore_results                      oednf  oednf  oednf  oednf
    wagtailadmin_pages:add                            oed    oed    oed    oed
    wagtailadmin_pages:preview_on_add                 oed    oed    oed    oed
    checks_new_page                                   oed    oed    oed    oed
    checks_page                                       oed    oed    oedf   oedn
    wagtailadmin_pages:usage                          oed    oed    oedf   oedn
    wagtailadmin_pages:edit                           oed    oed    oedf   oedn
    wagtailadmin_pages:preview_on_edit                oed    oed    oedf   oedn
    wagtailadmin_pages:view_draft                     oed    oed    oedf   oedn
    wagtailadmin_pages:add_subpage                    oed    oed    oed    oed
    wagtailadmin_pages:delete                         ed     ed     ed     ed
    wagtailadmin_pages:unpublish                      ed     ed     ed     ed
    wagtailadmin_pages:convert_alias                  -      -      -      -
    wagtailadmin_pages:move                           ed     ed     ed     ed
    wagtailadmin_pages:set_page_position              ed     ed     ed     ed
    wagtailadmin_pages:copy                           oed    oed    oed    oed
    wagtailadmin_pages:set_privacy                    oed    oed    oed    oed
    wagtailadmin_pages:lock                           ed     ed     ed     ed
    wagtailadmin_pages:unlock                         ed     ed     ed     ed
    wagtailadmin_pages:revisions_view                 oed    oed    oedf   oedn
    wagtailadmin_pages:revisions_revert               oed    oed    oedf   oedn
    wagtailadmin_pages:revisions_unschedule           oed    oed    oed    oed
    publish_at                                        oed    oed    oed    oed
    wagtailadmin_pages:workflow_history               oed    oed    oedf   oedn
    wagtailadmin_pages:history                        oed    oed    oedf   oedn
    wagtailadmin_pages:history_results                oed    oed    oedf   oedn
    wagtailadmin_workflows:remove                     d      d      d      d
    newsroom_correct                                  oed    oed    oed    oed
    withdrawal_withdraw                               oed    oed    oedf   oedn
    withdrawal_restore                                -      -      -      -
    translation_publish_alone                         ed     ed     -      -
    translation_cancel_joint                          oed    oed    -      -
    translation_submit                                oed    oed    -      -
    translation_instructions                          oed    oed    -      -
    translation_same_order                            ed     ed     ed     ed
    draft_limit                                       -      -      -      -
    newsroom_publish_without_review                   -      -      -      -
    page_review                                       -      -      -      -
    wagtail_localize:submit_page_translation          -      -      -      -
    wagtail_localize:convert_to_alias                 -      -      -      -
    """
)

# Addresses that concern a translation                 into French, into English
TRANSLATIONS = table(
    """
    translation_ask                                   oedf   oedn
    translation_answer                                oed    oed
    translation_comment                               oedf   oedn
    translation_resolve_comment                       oedf   oedn
    translation_revise                                oedf   oedn
    translation_send_back                             oedf   oedn
    translation_claim                                 oedf   oedn
    translation_release                               oed    oed
    translation_segment                               oedf   oedn
    translation_offers                                oedf   oedn
    translation_confirm                               oedf   oedn
    translation_machine                               oedf   oedn
    translation_preview                               oedf   oedn
    translation_checks                                oedf   oedn
    translation_intended                              oedf   oedn
    translation_versions                              oedf   oedn
    translation_version                               oedf   oedn
    translation_use                                   oedf   oedn
    wagtail_localize:edit_string_translation          -      -
    wagtail_localize:edit_override                    -      -
    wagtail_localize:download_pofile                  oedf   oedn
    wagtail_localize:upload_pofile                    oedf   oedn
    wagtail_localize:machine_translate                -      -
    wagtail_localize:preview_translation              -      -
    wagtail_localize:stop_translation                 -      -
    translation_detach                                ed     ed
    translation_reattach                              ed     ed
    """
)

# What is done with a page, tried by the forms that do it      an original       a translation
#                                                      French English    French English
ACTS_ON_PAGES = table(
    """
    save_a_draft                                      oed    oed    -      -
    publish                                           oed    oed    -      -
    submit_for_review                                 oed    oed    -      -
    add_below_its_section                             oed    oed    oed    oed
    copy                                              oed    oed    oed    oed
    hide                                              oed    oed    oed    oed
    unpublish                                         ed     ed     ed     ed
    unpublish_with_others                             ed     ed     ed     ed
    withdraw                                          oed    oed    oed    oed
    restore                                           ed     ed     ed     ed
    delete                                            ed     ed     ed     ed
    delete_with_others                                ed     ed     ed     ed
    move                                              ed     ed     -      -
    reorder                                           ed     ed     ed     ed
    lock                                              ed     ed     ed     ed
    publish_with_others                               oed    oed    -      -
    """
)

# What is done with a translation                       into French, into English
ACTS_ON_TRANSLATIONS = table(
    """
    submit_its_original                               oed    oed
    update_it_by_localizes_address                    -      -
    write                                             oedf   oedn
    write_one_passage                                 oedf   oedn
    write_by_localizes_address                        -      -
    choose_another_picture                            oedf   oedn
    choose_a_picture_by_localizes_address             -      -
    bring_an_exchange_file                            oedf   oedn
    claim                                             oedf   oedn
    publish_it                                        oedf   oedn
    ask                                               oedf   oedn
    answer                                            oed    oed
    detach                                            ed     ed
    reattach                                          ed     ed
    """
)

# What is done elsewhere
ACTS_ELSEWHERE = table(
    """
    add_a_press_contact                               oed
    delete_a_press_contact                            ed
    change_an_office                                  ed
    show_a_banner                                     ed
    change_a_rule_for_translations                    d
    change_a_role                                     d
    add_a_task_for_workflows                          d
    """
)
