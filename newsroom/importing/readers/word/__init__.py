"""Reads a Word document (.docx): checks it, simplifies it, converts it to HTML with mammoth, and reads the HTML."""

from newsroom.importing.readers.word.convert import read
from newsroom.importing.readers.word.package import MAX_FILE_SIZE

__all__ = ["MAX_FILE_SIZE", "read"]
