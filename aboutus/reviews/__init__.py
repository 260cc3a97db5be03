"""Reviews of standing pages: side panel of the editor, report, dashboard panel, and reminders by email."""
