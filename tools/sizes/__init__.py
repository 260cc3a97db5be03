"""`make bench SIZES="1000 100000"`: what the site takes with few and with many articles, side by side."""
