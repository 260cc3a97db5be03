"""What journalists take away from an article: its text, and one file with its pictures and documents."""
