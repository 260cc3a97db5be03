"""The workflow of a translation: submission, progress, review, questions, publication, history, detaching.

It contains the permissions (`policy`), the receivers of page events (`originals`, `follow_original`,
`permanent_deletion`), and the views and Wagtail hooks of the workflow.
"""
