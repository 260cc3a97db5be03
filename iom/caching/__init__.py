"""The page cache, which keeps a page until something that visitors may see changes.

`triggers` raise the content version in the transaction of each change. `version` and `watch` read it in every process.
`page_cache` answers anonymous requests before Django.
"""
