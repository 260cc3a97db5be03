"""Encrypts streams: AES-256-GCM in chunks of 64 KB, so that nothing unverified is ever read.

A file is a mark, a salt, and the sealed chunks. Its key is made of BACKUP_KEY and the salt, by scrypt. A chunk's nonce
is its number, with a last byte that says whether it is the last: chunks that are changed, missing, repeated or in
another order do not open. The name of the file is authenticated with each chunk.
"""

import io
import secrets
from collections.abc import Buffer
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from iom.operation.recovery import RecoveryError

MARK, EARLIER_MARK = b"IOMSEAL2", b"IOMSEAL1"
COSTS = {MARK: 2**17, EARLIER_MARK: 2**14}  # of scrypt: attempts at a weak key cost 128 MB each
CHUNK = 64 * 1024
_SALT, _TAG = 16, 16  # bytes


def _cipher(key: str, salt: bytes, mark: bytes = MARK) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=COSTS[mark], r=8, p=1).derive(key.encode()))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealer(io.RawIOBase):
    """Writes what it is given, sealed, into `target`; `finish` writes the last chunk, and leaves `target` open."""

    def __init__(self, target: IO[bytes], key: str, name: str) -> None:
        self.target, self.name = target, name.encode()
        salt = secrets.token_bytes(_SALT)
        self.cipher, self.number, self.waiting = _cipher(key, salt), 0, bytearray()
        target.write(MARK + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self.waiting += data
        while len(self.waiting) > CHUNK:  # one chunk stays: it may be the last
            self._seal(self.waiting[:CHUNK], is_last=False)
            del self.waiting[:CHUNK]
        return memoryview(data).nbytes

    def finish(self) -> None:
        """Writes the last chunk; without it, nobody can open the file."""
        self._seal(self.waiting, is_last=True)

    def _seal(self, data: bytearray, is_last: bool) -> None:
        self.target.write(self.cipher.encrypt(_nonce(self.number, is_last), bytes(data), self.name))
        self.number += 1


class Opener(io.RawIOBase):
    """Reads what a Sealer has written. Raises RecoveryError where the key is wrong or a byte has changed."""

    def __init__(self, source: IO[bytes], key: str, name: str) -> None:
        self.source, self.name = source, name
        head = _exactly(source, len(MARK) + _SALT)
        mark, salt = head[: len(MARK)], head[len(MARK) :]
        if mark not in COSTS or len(salt) != _SALT:
            raise RecoveryError(f"{name} is not an encrypted file of a backup.")
        self.cipher, self.number = _cipher(key, salt, mark), 0
        self.ahead = _exactly(source, CHUNK + _TAG)
        self.open = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        while not self.open and (self.ahead or not self.number):
            self.open = memoryview(self._next())
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self.open))
        view[:count], self.open = self.open[:count], self.open[count:]
        return count

    def _next(self) -> bytes:
        sealed, self.ahead = self.ahead, _exactly(self.source, CHUNK + _TAG)
        try:
            chunk = self.cipher.decrypt(_nonce(self.number, not self.ahead), sealed, self.name.encode())
        except InvalidTag as error:
            raise RecoveryError(f"{self.name} cannot be opened: BACKUP_KEY is another, or it was changed.") from error
        self.number += 1
        return chunk


def _exactly(source: IO[bytes], size: int) -> bytes:
    """`size` bytes; fewer at the end of the stream alone."""
    parts = bytearray()
    while len(parts) < size and (part := source.read(size - len(parts))):
        parts += part
    return bytes(parts)
