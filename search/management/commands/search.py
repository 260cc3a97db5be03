from collections.abc import Iterable

from iom.listing.management.commands import listing
from search import drafts, index


class Command(listing.Command):
    help = "Compares the search index with the pages and their drafts, or writes it again."
    name = "search"

    def differences(self) -> Iterable[str]:
        return [*index.differences(), *drafts.differences()]

    def rebuild(self) -> None:
        index.rebuild()
        drafts.rebuild()
