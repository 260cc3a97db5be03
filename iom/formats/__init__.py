"""What a language writes in another way than Django and CLDR; a file for each, found by its name.

The date formats of the admin and of e-mails (FORMAT_MODULE_PATH), and names of our own (`languages.convention`):
TERRITORY, in whose manner the language is written; FIRST_OF_MONTH, the first day of a month in HTML; COMMON_WORDS,
which the translation memory does not search for; WORD_ENDINGS, without which the glossary compares words.
"""
