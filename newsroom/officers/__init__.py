"""The admin screens of press officers: the list of articles, the calendar and the panels of the dashboard."""
