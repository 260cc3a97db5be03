"""Generated articles beside the demonstration, for measuring: `manage.py demo --articles N`."""
