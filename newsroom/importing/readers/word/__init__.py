"""Reads a Word document (.docx): checked, then simplified, then converted by mammoth to the HTML that is read."""

from newsroom.importing.readers.word.convert import read
from newsroom.importing.readers.word.package import LARGEST

__all__ = ["LARGEST", "read"]
