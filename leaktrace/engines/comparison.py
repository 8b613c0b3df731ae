"""Two lists, or sketches of them, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from leaktrace.engines.local import held_file
from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.fingerprint.fracminhash import containment
from leaktrace.fingerprint.held import HeldList, TokenIndex, UInt64
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.lookup import sampled, shared_tokens
from leaktrace.fingerprint.sketch import SketchFile
from leaktrace.fingerprint.sketchfile import is_sketch, load_sketch
from leaktrace.identifiers.kinds import KINDS, Kind
from leaktrace.intake.refusals import shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class KindComparison:
    """Two sets of identifiers of one kind.

    ``a``, ``b`` and ``overlap`` count distinct identifiers that may match: widely known numbers are
    left out. ``standard_error`` is that of the containment of the smaller in the larger, 0 where
    both are exact. ``held`` counts the tokens of the smaller that were compared; of a sketch they
    are a sample.
    """

    a: int
    b: int
    overlap: int
    containment_a_in_b: float
    containment_b_in_a: float
    jaccard: float
    standard_error: float
    held: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists compared by kind of identifier, from one token in ``scaled``."""

    a: str
    b: str
    exact: bool
    kinds: dict[str, KindComparison]
    scaled: int = 1

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON; floats carry four significant digits."""
        return {
            "a": self.a,
            "b": self.b,
            "exact": self.exact,
            "kinds": {
                name: {
                    field: float(f"{value:.4g}") if isinstance(value, float) else value
                    for field, value in asdict(kind).items()
                    if field != "held"
                }
                for name, kind in self.kinds.items()
            },
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each kind, indexed by its name."""
        import pandas as pd

        rows = [asdict(kind) for kind in self.kinds.values()]
        return pd.DataFrame(rows, index=pd.Index(list(self.kinds), name="kind"))


def compare(
    a: Path,
    b: Path,
    key: Key | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    passwords: Sequence[str] = (),
    progress: Progress = SILENT,
) -> Comparison:
    """Compare two lists, two sketches, or a list and a sketch.

    Parameters
    ----------
    a, b : Path
        Lists in any supported form, or ``.sketch`` files.
    key : Key or None
        Needed where a list meets a sketch. Two lists are tokenised under a key made for the
        occasion and forgotten; two sketches need none.
    mapping : mapping of column to kind, or None
        Overrides what the columns of lists are taken for.
    passwords : sequence of str
        Tried on what is encrypted.
    progress : Progress

    Raises
    ------
    InputRefused
        If a file cannot be taken in, or the two were made under different keys or settings.
    LeaktraceError
        If a list meets a sketch and there is no key (code ``"key-missing"``).
    """
    sketches = {path: load_sketch(path) for path in (a, b) if is_sketch(path)}
    _check_sketches(sketches, key, lists=len({a, b} - set(sketches)))
    key = key or Key.new()
    held: dict[Path, HeldList] = {path: sketch.to_held() for path, sketch in sketches.items()}
    lists = [path for path in dict.fromkeys((a, b)) if path not in sketches]
    if lists:
        with Worker() as worker:
            for path in lists:
                held[path] = worker.call(
                    held_file,
                    path,
                    key.secret,
                    mapping,
                    passwords=tuple(passwords),
                    on_progress=progress,
                )
    return compare_held(held[a], held[b], shown(a), shown(b))


def compare_held(a: HeldList, b: HeldList, name_a: str = "a", name_b: str = "b") -> Comparison:
    """Compare two lists held under one key.

    Kinds are the full ones that either side has, and the partial ones that either side has as
    written.
    """
    kinds = {
        kind.name: _compare_kind(kind.name, a, b)
        for kind in KINDS
        if kind.matched and (_written(kind, a) or _written(kind, b))
    }
    scaled = max(a.scaled, b.scaled)
    return Comparison(name_a, name_b, scaled == 1, kinds, scaled)


def _written(kind: Kind, held: HeldList) -> bool:
    return held.written.get(kind.name, 0) > 0 if held.written else kind.name in held.index


def _compare_kind(kind: str, a: HeldList, b: HeldList) -> KindComparison:
    scaled = max(a.scaled, b.scaled)
    left, right = _sample(a, kind, scaled), _sample(b, kind, scaled)
    size_a, size_b = a.distinct.get(kind, 0), b.distinct.get(kind, 0)
    hits = shared_tokens(left, right)
    turned = size_a > size_b
    small, held = (size_b, len(right)) if turned else (size_a, len(left))
    large = size_a if turned else size_b
    inside = containment(hits, held, small, scaled)
    overlap = hits if scaled == 1 else round(inside.value * small)
    outside = inside.value * small / large if large else 0.0
    union = size_a + size_b - inside.value * small
    return KindComparison(
        a=size_a,
        b=size_b,
        overlap=overlap,
        containment_a_in_b=outside if turned else inside.value,
        containment_b_in_a=inside.value if turned else outside,
        jaccard=inside.value * small / union if union else 0.0,
        standard_error=inside.standard_error,
        held=held,
    )


def _sample(held: HeldList, kind: str, scaled: int) -> UInt64:
    none = np.zeros(0, dtype=np.uint64)
    index = held.index.get(kind, TokenIndex(none, none.astype(np.uint32)))
    tokens = index.tokens[: sampled(index.tokens, scaled)]
    first = np.ones(len(tokens), dtype=np.bool_)
    first[1:] = tokens[1:] != tokens[:-1]
    return tokens[first]


def _check_sketches(sketches: Mapping[Path, SketchFile], key: Key | None, lists: int) -> None:
    if lists and sketches and key is None:
        message = _(
            "a list can only be compared with a sketch under the sketch's key: "
            "give it with --key, or work inside its case"
        )
        raise LeaktraceError(message, code="key-missing")
    prints = {sketch.key_fingerprint for sketch in sketches.values()}
    if lists and sketches and key is not None and key.fingerprint not in prints:
        path = next(iter(sketches))
        message = _("{file} was made under another key ({theirs}) than the one given ({ours})")
        theirs = sketches[path].key_fingerprint
        raise _refused(path, "other-key", message, theirs=theirs, ours=key.fingerprint)
    if len(sketches) == 2:
        first, second = sketches.values()
        if first.key_fingerprint != second.key_fingerprint:
            message = _("{file} was made under another key than the other sketch: make both anew")
            raise _refused(list(sketches)[1], "other-key", message)
        if first.scaled != second.scaled:
            message = _("{file} keeps one token in {theirs}, the other sketch one in {ours}")
            raise _refused(
                list(sketches)[1],
                "other-settings",
                message,
                theirs=str(second.scaled),
                ours=str(first.scaled),
            )


def _refused(path: Path, code: str, message: str, **values: str) -> InputRefused:
    name = shown(path.name)
    return InputRefused(message.format(file=name, **values), code=code, file=name)
