"""What happens to a translation: submission, progress, review, questions, publication, history, detaching.

Here belongs every rule about steps and roles (`policy`), what follows from events of pages (`originals`,
`follow_original`), and the views and Wagtail hooks of these matters.
"""
