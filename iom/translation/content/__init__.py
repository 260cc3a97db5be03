"""The text of an original and of its translation: localize's rows, segments, their forms and checks, overrides.

Here belongs what reads or writes text without knowing how far a translation is or who may change it.
"""
