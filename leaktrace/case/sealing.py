"""What names people in the ledger, sealed: AES-256-GCM under a key derived from the case's.

A sealed value is 12 random bytes (the nonce) and the ciphertext with its tag; the column it belongs
to is authenticated with it, so that a value moved to another column does not open. Texts for people
in it are sealed as message ids and values: they come out in the language of whoever opens it.
"""

from __future__ import annotations

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.messages import _, stored, worded

_NONCE = 12


class Sealer:
    """Seals and opens the ledger's values under one key."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self._cipher = AESGCM(key.derive("ledger")[:32])

    def seal(self, value: Any, column: str) -> bytes:
        """``value`` (anything JSON can say), sealed for ``column`` (``"table.column"``)."""
        nonce = os.urandom(_NONCE)
        plain = json.dumps(stored(value), ensure_ascii=False, sort_keys=True)
        sealed = plain.encode("utf-8", "surrogatepass")
        return nonce + self._cipher.encrypt(nonce, sealed, column.encode())

    def open(self, sealed: bytes, column: str) -> Any:
        """The value that was sealed for ``column``.

        Raises
        ------
        LeaktraceError
            ``damaged`` where it was sealed under another key or for another column, or changed.
        """
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], column.encode())
        except (InvalidTag, ValueError) as error:
            raise LeaktraceError(
                _(
                    "the case's ledger is damaged (a value of {column} does not open under its "
                    "key); go back to a copy of the case folder"
                ).format(column=column),
                code="damaged",
            ) from error
        return json.loads(plain, object_hook=worded)
