"""SVG maps: the world with the countries in shades of blue, and locator maps of one or more countries.

The shapes are Natural Earth's (naturalearthdata.com, 1:50 million, public domain), drawn after the United Nations'
usage: `tools/maps/build.py` lists the decisions. A page that shows a map credits Natural Earth and carries the note on
boundaries and designations.
"""
