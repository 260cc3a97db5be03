"""The review of standing pages: the panel beside the form, the report, the dashboard, and emails to their owners."""
