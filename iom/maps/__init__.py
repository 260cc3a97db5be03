"""SVG maps: the world with the countries in shades of blue, and locator maps of one or more countries.

The shapes are Natural Earth's (naturalearthdata.com, 1:50 million, public domain), adapted to the usage of the United
Nations. `tools/maps/build.py` lists the decisions. A page with a map credits Natural Earth and has the note on
boundaries and designations.
"""
