"""Encrypts and decrypts streams with AES-256-GCM in chunks of 64 KB, so that no unverified byte is ever returned.

A file consists of a magic number, a salt and the encrypted chunks. Its key is derived from BACKUP_KEY and the salt by
scrypt. A chunk's nonce is its number, and a byte that says whether it is the last chunk. Chunks that are changed,
missing, repeated or reordered are refused. The name of the file is authenticated with each chunk.
"""

import io
import secrets
from collections.abc import Buffer
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from iom.operation.recovery import RecoveryError

MAGIC, EARLIER_MAGIC = b"IOMSEAL2", b"IOMSEAL1"
COSTS = {MAGIC: 2**17, EARLIER_MAGIC: 2**14}  # scrypt's n: each attempt to guess a weak key takes 128 MB
CHUNK = 64 * 1024
_SALT, _TAG = 16, 16  # bytes


def _cipher(key: str, salt: bytes, magic: bytes = MAGIC) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=COSTS[magic], r=8, p=1).derive(key.encode()))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class EncryptingWriter(io.RawIOBase):
    """Encrypts what is written to it into `target`. `finish` writes the last chunk, and leaves `target` open."""

    def __init__(self, target: IO[bytes], key: str, name: str) -> None:
        self.target, self.name = target, name.encode()
        salt = secrets.token_bytes(_SALT)
        self.cipher, self.number, self.pending = _cipher(key, salt), 0, bytearray()
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self.pending += data
        while len(self.pending) > CHUNK:  # one chunk is held back: it may be the last
            self._write_chunk(self.pending[:CHUNK], is_last=False)
            del self.pending[:CHUNK]
        return memoryview(data).nbytes

    def finish(self) -> None:
        """Writes the last chunk. Without it the file cannot be decrypted."""
        self._write_chunk(self.pending, is_last=True)

    def _write_chunk(self, data: bytearray, is_last: bool) -> None:
        self.target.write(self.cipher.encrypt(_nonce(self.number, is_last), bytes(data), self.name))
        self.number += 1


class DecryptingReader(io.RawIOBase):
    """Reads a file of an EncryptingWriter. Raises RecoveryError where the key is wrong or a byte has changed."""

    def __init__(self, source: IO[bytes], key: str, name: str) -> None:
        self.source, self.name = source, name
        head = _read_exactly(source, len(MAGIC) + _SALT)
        magic, salt = head[: len(MAGIC)], head[len(MAGIC) :]
        if magic not in COSTS or len(salt) != _SALT:
            raise RecoveryError(f"{name} is not an encrypted file of a backup.")
        self.cipher, self.number = _cipher(key, salt, magic), 0
        self.next_chunk = _read_exactly(source, CHUNK + _TAG)
        self.decrypted = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        while not self.decrypted and (self.next_chunk or not self.number):
            self.decrypted = memoryview(self._decrypt_chunk())
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self.decrypted))
        view[:count], self.decrypted = self.decrypted[:count], self.decrypted[count:]
        return count

    def _decrypt_chunk(self) -> bytes:
        encrypted, self.next_chunk = self.next_chunk, _read_exactly(self.source, CHUNK + _TAG)
        try:
            chunk = self.cipher.decrypt(_nonce(self.number, not self.next_chunk), encrypted, self.name.encode())
        except InvalidTag as error:
            raise RecoveryError(
                f"{self.name} cannot be decrypted: BACKUP_KEY is another key, or the file was changed."
            ) from error
        self.number += 1
        return chunk


def _read_exactly(source: IO[bytes], size: int) -> bytes:
    """Reads `size` bytes; fewer only at the end of the stream."""
    parts = bytearray()
    while len(parts) < size and (part := source.read(size - len(parts))):
        parts += part
    return bytes(parts)
