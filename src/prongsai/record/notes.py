"""Signed notes and checkpoints of C2SP (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) with Ed25519.

Keys are written as Go's `sumdb/note` writes them, so that independent clients read them.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# The algorithm's number in c2sp.org/signed-note.
ED25519 = b"\x01"
KEY_BYTES = 32
KEY_ID_BYTES = 4
PRIVATE_PREFIX = "PRIVATE+KEY+"
# An em dash and a space.
SIGNATURE_MARK = "— "
NAME = re.compile(r"[^\s+]+")
MAXIMUM_NOTE = 65_536


class BadNote(ValueError):
    """Not a note, not a key, or not signed by the key that was asked for."""


def key_id(name: str, public: bytes) -> bytes:
    """The first four bytes of SHA-256(name, newline, algorithm, public key)."""
    return hashlib.sha256(name.encode("utf-8") + b"\n" + ED25519 + public).digest()[:KEY_ID_BYTES]


@dataclass(frozen=True)
class Verifier:
    """A public key with its name, written `name+id+key` (a vkey)."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> Self:
        name, written_id, key = _key_parts(vkey.strip())
        if written_id != key_id(name, key).hex():
            raise BadNote("The key's short id does not belong to the key.")
        return cls(name, key)

    def __str__(self) -> str:
        key = base64.b64encode(ED25519 + self.public).decode("ascii")
        return f"{self.name}+{key_id(self.name, self.public).hex()}+{key}"

    def open(self, note: str, *, longest: int = MAXIMUM_NOTE) -> str:
        """The text of a note that this key signed. Raises BadNote, also for one of more characters than `longest`."""
        # The last empty line parts text and signatures: a text may hold empty lines of its own.
        text, gap, lines = note.rpartition("\n\n")
        if not gap or len(note) > longest:
            raise BadNote("This is not a signed note.")
        # The newline that ends the text is signed, the empty line is not (c2sp.org/signed-note).
        text += "\n"
        signature = self._signature(lines)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode("utf-8"))
        except InvalidSignature as error:
            raise BadNote(f"The signature of {self.name} does not fit the text.") from error
        return text

    def _signature(self, lines: str) -> bytes:
        """The first signature by this key; those of other keys are passed over."""
        for line in lines.splitlines():
            name, _, written = line.removeprefix(SIGNATURE_MARK).partition(" ")
            if not line.startswith(SIGNATURE_MARK) or name != self.name:
                continue
            raw = _decoded(written)
            # The first line of this key decides; a later one is never asked.
            if raw[:KEY_ID_BYTES] == key_id(self.name, self.public):
                return raw[KEY_ID_BYTES:]
        raise BadNote(f"The note is not signed by {self.name}.")


class Signer:
    """A private key with its name."""

    def __init__(self, name: str, seed: bytes) -> None:
        if not NAME.fullmatch(name):
            raise BadNote("A key's name has neither spaces nor plus signs, and is not empty.")
        self._seed = seed
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._private.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str) -> Self:
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, written: str) -> Self:
        """From what `secret_text` wrote. Raises BadNote."""
        name, written_id, seed = _key_parts(written.strip().removeprefix(PRIVATE_PREFIX))
        signer = cls(name, seed)
        if written_id != key_id(name, signer.verifier.public).hex():
            raise BadNote("The key's short id does not belong to the key.")
        return signer

    @property
    def name(self) -> str:
        return self.verifier.name

    def secret_text(self) -> str:
        short = key_id(self.name, self.verifier.public).hex()
        key = base64.b64encode(ED25519 + self._seed).decode("ascii")
        return f"{PRIVATE_PREFIX}{self.name}+{short}+{key}"

    def sign(self, text: str) -> str:
        """A note: the text, an empty line, and the signature. The text ends with a newline."""
        signature = self._private.sign(text.encode("utf-8"))
        raw = key_id(self.name, self.verifier.public) + signature
        written = base64.b64encode(raw).decode("ascii")
        return f"{text}\n{SIGNATURE_MARK}{self.name} {written}\n"


@dataclass(frozen=True)
class SignedHead:
    """What a checkpoint says: which log, how many leaves, which root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Lines after the third are extensions and are passed over. Raises BadNote."""
        lines = text.split("\n")
        # One way to write a size (c2sp.org/tlog-checkpoint): no leading zeros, and few enough digits to count with.
        if len(lines) < 4 or not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]):
            raise BadNote("This is not a checkpoint.")
        return cls(lines[0], int(lines[1]), _decoded(lines[2]))


def open_checkpoint(note: str, verifier: Verifier) -> SignedHead:
    """The head that the key signed, of the log that carries the key's name. Raises BadNote."""
    head = SignedHead.parse(verifier.open(note))
    # Otherwise a key that signs for two logs could pass one off as the other.
    if head.origin != verifier.name:
        raise BadNote(f"The checkpoint is of the log {head.origin}, the key of {verifier.name}.")
    return head


def _key_parts(written: str) -> tuple[str, str, bytes]:
    """The name, the short id and the 32 key bytes of a written key."""
    name, _, rest = written.partition("+")
    written_id, _, encoded = rest.partition("+")
    raw = _decoded(encoded)
    if not NAME.fullmatch(name) or raw[:1] != ED25519 or len(raw) != KEY_BYTES + 1:
        raise BadNote("This is not an Ed25519 key of a log.")
    return name, written_id, raw[1:]


def _decoded(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("This is not base64.") from error
