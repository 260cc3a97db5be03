"""What press officers see of all articles: their list in the admin, and the panels of the dashboard."""
