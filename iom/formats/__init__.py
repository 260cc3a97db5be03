"""Conventions of a language that differ from Django and CLDR, in one file for each language.

A file has the date formats of the admin and of emails (FORMAT_MODULE_PATH), and names that `languages.convention`
reads: TERRITORY, the territory whose variant of the language the site uses; FIRST_OF_MONTH, the first day of a month
in HTML; COMMON_WORDS, which the translation memory does not search for; WORD_ENDINGS, which the glossary replaces
before it compares words.
"""
