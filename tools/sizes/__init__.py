"""`make bench SIZES="1000 100000"`: compares queries and times of the site with few and with many articles."""
