"""The page cache: pages are kept as long as nothing that visitors may see has changed.

`triggers` raise the content version in the transaction of each change; `version` knows it in every process; `pages`
answers anonymous requests before Django does.
"""
