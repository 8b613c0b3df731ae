"""The partial forms that full identifiers also emit, made one kind at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from leaktrace.engines.occurrences import Occurrences
from leaktrace.fingerprint.held import UInt64
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import (
    ID_NUMBER,
    ID_NUMBER_MASKED,
    KIND,
    MOBILE,
    MOBILE_MASKED,
    NAME_LAST4,
    NAME_MOBILE_MASKED,
)
from leaktrace.identifiers.partial import last4, mask_ids, mask_mobiles

# Kinds whose numbers are kept while a list is built, since something is derived from them.
ORIGINS = (MOBILE.name, MOBILE_MASKED.name, ID_NUMBER.name)
_FROM = {
    MOBILE_MASKED.name: (MOBILE.name,),
    ID_NUMBER_MASKED.name: (ID_NUMBER.name,),
    NAME_MOBILE_MASKED.name: (MOBILE.name, MOBILE_MASKED.name),
    NAME_LAST4.name: (MOBILE.name, MOBILE_MASKED.name),
}
_NAMED = (NAME_MOBILE_MASKED.name, NAME_LAST4.name)
_CHUNK = 65_536


class Derived(Mapping[str, Occurrences]):
    """Derived identifiers by kind; each is made when it is asked for and not kept.

    Parameters
    ----------
    tokeniser : Tokeniser
    matched : mapping of kind to Occurrences
        Those of :data:`ORIGINS` with their values.
    names : uint64[rows]
        Tokens of names, 0 where none.
    kinds : frozenset of str or None
        Only these are made; None: all.
    """

    def __init__(
        self,
        tokeniser: Tokeniser,
        matched: Mapping[str, Occurrences],
        names: UInt64,
        kinds: frozenset[str] | None,
    ) -> None:
        self._tokeniser = tokeniser
        self._origins = {name: matched[name] for name in ORIGINS if name in matched}
        self._names = names
        named = bool(names.any())
        self._kinds = [
            kind
            for kind, origins in _FROM.items()
            if (kinds is None or kind in kinds)
            and (named or kind not in _NAMED)
            and any(len(self._origins[name].rows) for name in origins if name in self._origins)
        ]

    def __getitem__(self, kind: str) -> Occurrences:
        """The identifiers of one kind; one that does not exist, for want of a name, is excluded."""
        if kind not in self._kinds:
            raise KeyError(kind)
        parts = [
            self._derive(kind, name, self._origins[name])
            for name in _FROM[kind]
            if name in self._origins
        ]
        if len(parts) == 1:
            return parts[0]
        rows = np.concatenate([part.rows for part in parts])
        order = np.argsort(rows, kind="stable")
        tokens = np.concatenate([part.tokens for part in parts])[order]
        return Occurrences(tokens, rows[order], tokens == 0)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def _derive(self, kind: str, name: str, origin: Occurrences) -> Occurrences:
        assert origin.values is not None
        make = self._maker(kind, name == MOBILE.name)
        tokens = np.empty(len(origin.rows), dtype=np.uint64)
        # In pieces, so that what is between costs no memory.
        for start in range(0, len(tokens), _CHUNK):
            piece = slice(start, start + _CHUNK)
            tokens[piece] = make(origin.values[piece], origin.rows[piece])
        return Occurrences(tokens, origin.rows, tokens == 0)

    def _maker(self, kind: str, whole: bool) -> Callable[[UInt64, np.ndarray], UInt64]:
        if kind == MOBILE_MASKED.name:
            return lambda values, _: self._tokeniser.numbers(mask_mobiles(values), MOBILE_MASKED)
        if kind == ID_NUMBER_MASKED.name:
            return lambda values, _: self._tokeniser.texts(mask_ids(values), ID_NUMBER_MASKED)

        def named(values: UInt64, rows: np.ndarray) -> UInt64:
            masked = mask_mobiles(values) if whole else values
            number = masked if kind == NAME_MOBILE_MASKED.name else last4(masked)
            return self._tokeniser.named_tokens(self._names[rows], number, KIND[kind])

        return named
