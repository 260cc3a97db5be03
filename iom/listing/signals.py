from django.dispatch import Signal

# After each change of the listing, in its transaction. pages: those written, with their texts, as they are now; rows:
# the entry and the facets of each; removed: the keys of pages that are no longer listed.
written = Signal()
