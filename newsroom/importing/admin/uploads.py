"""An upload that is larger than any text: its bytes go nowhere, and the rest of the form is read all the same."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from newsroom.importing.readers import word


class UploadLimit(FileUploadHandler):
    """Stands before the other handlers, and drops a file while it arrives as soon as it is too large."""

    def __init__(self, largest: int = word.LARGEST) -> None:
        super().__init__()
        self.largest = largest
        self.dropped = ""  # the name of the file that was too large

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > self.largest:
            self.dropped = self.file_name or "?"
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None
