"""The translation desk in the admin: the queue, the dashboard panel, page listings and the side panel."""
