"""Reads and writes the text of originals and translations: localize's rows, segments, markup and overrides.

Code here knows neither the step of a translation nor the permissions of users; `workflow` does.
"""
