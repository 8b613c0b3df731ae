"""Identifiers, names and cells to 64-bit keyed tokens (layout of the blocks: FORMAT.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.bytescolumn import BytesColumn, bytes_column
from leaktrace.fingerprint.cells import cell_hashes
from leaktrace.fingerprint.cipher import BlockCipher
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.weights import row_weight
from leaktrace.identifiers.kinds import (
    CELL_DAY_CODE,
    CELL_NORMAL_CODE,
    CELL_NUMBER_CODE,
    CELL_PLACE_CODE,
    CELL_RAW_CODE,
    NAME_CODE,
    ROW_CODE,
    Form,
    Kind,
)

UInt64 = npt.NDArray[np.uint64]

DIRECT_BYTES = 14
HASHED_FLAG = 0xFF
_TEXT_PERSON = b"leaktrace-text"
_CODE_SHIFT = 56
_LENGTH_SHIFT = 48
# By form of the reading: text, number, day, place.
_FORM_CODES = np.array(
    [CELL_NORMAL_CODE, CELL_NUMBER_CODE, CELL_DAY_CODE, CELL_PLACE_CODE], dtype=np.uint64
)
_FORM_BITS = np.uint64(3)


class Tokeniser:
    """Makes the tokens of one key; threads may share it.

    Parameters
    ----------
    key : Key
    """

    def __init__(self, key: Key) -> None:
        self._cipher = BlockCipher(key.derive("tokens")[:16])
        self._text_key = key.derive("long texts")

    def numbers(self, values: UInt64, kind: Kind) -> UInt64:
        """Tokens of identifiers of form NUMBER: uint64[n] in, uint64[n] out."""
        assert kind.form is Form.NUMBER
        return self._cipher.tokens(values, kind.code << _CODE_SHIFT)

    def texts(self, texts: Any, kind: Kind) -> UInt64:
        """Tokens of identifiers of form TEXT.

        Parameters
        ----------
        texts : pyarrow.StringArray, BinaryArray or sequence of str
            Normal forms; the token of a null is 0.
        kind : Kind
        """
        assert kind.form is Form.TEXT
        return self._texts(texts, kind.code)

    def names(self, names: Any) -> UInt64:
        """Tokens of normalised names; 0 where there is none (null or empty)."""
        column = bytes_column(names)
        tokens = self._texts(column, NAME_CODE)
        tokens[column.lengths == 0] = 0
        return tokens

    def named(self, names: Any, numbers: UInt64, kind: Kind) -> UInt64:
        """Tokens of identifiers of form NAMED: a name beside a number below 2**32."""
        return self.named_tokens(self.names(names), numbers, kind)

    def named_tokens(self, names: UInt64, numbers: UInt64, kind: Kind) -> UInt64:
        """The same, from the names' tokens; 0 where the name's token is 0."""
        assert kind.form is Form.NAMED
        code = np.uint64(kind.code << _CODE_SHIFT)
        tokens = self._cipher.tokens(names, (numbers & np.uint64(0xFFFFFFFF)) | code)
        tokens[names == 0] = 0
        return tokens

    def cells(self, cells: Any, code: int) -> UInt64:
        """Tokens of cells, as typed (``CELL_RAW_CODE``) or normalised (``CELL_NORMAL_CODE``)."""
        assert code in (CELL_RAW_CODE, CELL_NORMAL_CODE)
        raw, normal = self.cell_pairs(cells)
        return normal if code == CELL_NORMAL_CODE else raw

    def cell_pairs(self, cells: Any) -> tuple[UInt64, UInt64]:
        """Both tokens of each cell: as typed, and normalised; 0 where there is none.

        The two lowest bits of a normalised one are the form of the cell's reading (FORMAT.md).
        """
        hashes = cell_hashes(cells)
        raw = self._cipher.tokens(hashes.raw, CELL_RAW_CODE << _CODE_SHIFT)
        raw[hashes.raw == 0] = 0
        forms = hashes.forms.astype(np.uint64)
        codes: UInt64 | int = CELL_NORMAL_CODE << _CODE_SHIFT
        if forms.any():
            codes = _FORM_CODES[hashes.forms] << np.uint64(_CODE_SHIFT)
        normal = self._cipher.tokens(hashes.values, codes)
        normal = (normal & ~_FORM_BITS) | forms
        normal[normal == 0] = _FORM_BITS + np.uint64(1)
        normal[~hashes.filled] = 0
        return raw, normal

    def rows(self, parts: Sequence[tuple[int, UInt64]], count: int) -> UInt64:
        """Tokens of whole rows, from the tokens of what stands in them.

        Parameters
        ----------
        parts : sequence of (place, uint64[count])
            A column's position, or 2**32 + kind code, and the token there (0 for none).
        count : int
            The number of rows.
        """
        total = np.zeros(count, dtype=np.uint64)
        for place, tokens in parts:
            total += tokens * np.uint64(row_weight(place))
        return self._cipher.tokens(total, ROW_CODE << _CODE_SHIFT)

    def _texts(self, texts: Any, code: int) -> UInt64:
        column = texts if isinstance(texts, BytesColumn) else bytes_column(texts)
        low, high = column.words()
        lengths = column.lengths.astype(np.uint64)
        high |= (lengths << np.uint64(_LENGTH_SHIFT)) | np.uint64(code << _CODE_SHIFT)
        flags = np.uint64(HASHED_FLAG << _LENGTH_SHIFT | code << _CODE_SHIFT)
        for position in np.flatnonzero(column.lengths > DIRECT_BYTES):
            low[position] = self._shortened(column.at(int(position)))
            high[position] = flags
        tokens = self._cipher.tokens(low, high)
        if column.null is not None:
            tokens[column.null] = 0
        return tokens

    def _shortened(self, text: bytes) -> int:
        digest = hashlib.blake2b(text, digest_size=8, key=self._text_key, person=_TEXT_PERSON)
        return int.from_bytes(digest.digest(), "little")
