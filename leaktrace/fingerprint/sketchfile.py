"""Sketches as files: canonical bytes out, and nothing believed on the way in (FORMAT.md)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from leaktrace.errors import InputRefused
from leaktrace.fingerprint.fracminhash import LARGEST_SCALED, SMALLEST_SCALED
from leaktrace.fingerprint.minhash import NUM_PERM
from leaktrace.fingerprint.sketch import KindSketch, SketchFile
from leaktrace.identifiers.kinds import KIND
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _

MAGIC = b"leaktrace sketch\n"
SKETCH_FORMAT = 1
_CHECK_BYTES = 32
_PERSON = b"leaktrace-sketch"
_HEADER_LIMIT = 65_536
_FILE_LIMIT = 2**31
_PEOPLE_LIMIT = 2**40


class _KindHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind: lengths of its arrays and what they are taken from."""

    distinct: int
    held: int
    minhash: bool
    months: bool


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The header of a sketch file."""

    format: int
    key: str
    kinds: dict[str, _KindHeader]
    minhash_scheme: str
    people: int
    scaled: int
    written: dict[str, int]


def sketch_bytes(sketch: SketchFile) -> bytes:
    """The file of a sketch; the same sketch gives the same bytes."""
    names = sorted(sketch.kinds)
    header = msgspec.json.encode(
        _Header(
            format=SKETCH_FORMAT,
            key=sketch.key_fingerprint,
            kinds={name: _kind_header(sketch.kinds[name]) for name in names},
            minhash_scheme=_SCHEME,
            people=sketch.people,
            scaled=sketch.scaled,
            written=dict(sketch.written),
        ),
        order="sorted",
    )
    parts = [MAGIC, len(header).to_bytes(4, "little"), header]
    for name in names:
        kind = sketch.kinds[name]
        parts.append(kind.tokens.astype("<u8").tobytes())
        if kind.months is not None:
            parts.append(kind.months.astype("<i2").tobytes())
        if kind.minhash is not None:
            parts.append(kind.minhash.astype("<u4").tobytes())
    body = b"".join(parts)
    return body + _check(body)


def save_sketch(sketch: SketchFile, path: Path) -> None:
    """Write a sketch file, whole or not at all."""
    staging = path.with_name(path.name + ".partial")
    staging.write_bytes(sketch_bytes(sketch))
    staging.replace(path)


def is_sketch(path: Path) -> bool:
    """Whether the file at ``path`` begins as a sketch does, or is called one."""
    if path.suffix.lower() == ".sketch":
        return True
    try:
        # A pipe would be waited on for ever.
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def load_sketch(path: Path) -> SketchFile:
    """The sketch in a file, which may come from anybody.

    Raises
    ------
    InputRefused
        If the file is missing, is no sketch, is of another version, damaged or contradicts itself.
    """
    shown = mask_text(path.name)
    try:
        if path.stat().st_size > _FILE_LIMIT:
            raise _refused(shown, "too-big", _("{file} is too big for a sketch"))
        raw = path.read_bytes()
    except OSError as error:
        message = _("{file} cannot be read: {reason}")
        reason = error.strerror or type(error).__name__
        raise InputRefused(
            message.format(file=shown, reason=reason), code="missing", file=shown
        ) from error
    return sketch_from(raw, shown)


def sketch_from(raw: bytes, shown: str) -> SketchFile:
    """The sketch in ``raw``; ``shown`` is the file's name for messages.

    Raises
    ------
    InputRefused
    """
    if not raw.startswith(MAGIC):
        message = _("{file} is no leaktrace sketch; make one with `leaktrace fingerprint`")
        raise _refused(shown, "not-a-sketch", message)
    header, body = _split(raw, shown)
    if _check(memoryview(raw)[:-_CHECK_BYTES]) != raw[-_CHECK_BYTES:]:
        raise _damaged(shown)
    _check_header(header, shown)
    kinds = {}
    for name, kind in sorted(header.kinds.items()):
        kinds[name], body = _read_kind(kind, body, header.scaled, shown)
    if len(body):
        raise _damaged(shown)
    return SketchFile(header.key, header.scaled, header.people, header.written, kinds)


def _kind_header(kind: KindSketch) -> _KindHeader:
    return _KindHeader(
        distinct=kind.distinct,
        held=len(kind.tokens),
        minhash=kind.minhash is not None,
        months=kind.months is not None,
    )


def _split(raw: bytes, shown: str) -> tuple[_Header, memoryview]:
    start = len(MAGIC) + 4
    length = int.from_bytes(raw[len(MAGIC) : start], "little")
    if length > _HEADER_LIMIT or len(raw) < start + length + _CHECK_BYTES:
        raise _damaged(shown)
    text = raw[start : start + length]
    try:
        version = msgspec.json.decode(text, type=_Version).format
        if version != SKETCH_FORMAT:
            message = _("{file} is a sketch of format {version}; this leaktrace reads format {own}")
            raise _refused(shown, "version", message, version=version, own=SKETCH_FORMAT)
        header = msgspec.json.decode(text, type=_Header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(shown) from error
    return header, memoryview(raw)[start + length : -_CHECK_BYTES]


class _Version(msgspec.Struct, frozen=True):
    format: int


def _check_header(header: _Header, shown: str) -> None:
    counts = [header.people, *header.written.values()]
    counts += [kind.distinct for kind in header.kinds.values()]
    sound = (
        re.fullmatch(r"[0-9a-f]{20}", header.key) is not None
        and SMALLEST_SCALED <= header.scaled <= LARGEST_SCALED
        and header.minhash_scheme == _SCHEME
        and all(0 <= count <= _PEOPLE_LIMIT for count in counts)
        and set(header.written) <= set(KIND)
        and all(name in KIND and KIND[name].matched for name in header.kinds)
        and all(0 <= kind.held <= kind.distinct for kind in header.kinds.values())
    )
    if not sound:
        raise _damaged(shown)


def _read_kind(
    kind: _KindHeader, body: memoryview, scaled: int, shown: str
) -> tuple[KindSketch, memoryview]:
    # The arrays are views of what was read: a declared length costs nothing until it is there.
    tokens, body = _take(body, kind.held, "<u8", shown)
    months = hashes = None
    if kind.months:
        months, body = _take(body, kind.held, "<i2", shown)
    if kind.minhash:
        hashes, body = _take(body, NUM_PERM, "<u4", shown)
    rising = bool((tokens[1:] > tokens[:-1]).all())
    limit = (1 << 64) // scaled
    if len(tokens) and not (rising and int(tokens[0]) > 0 and int(tokens[-1]) < limit):
        raise _damaged(shown)
    return KindSketch(tokens, kind.distinct, months, hashes), body


def _take(body: memoryview, count: int, dtype: str, shown: str) -> tuple[Any, memoryview]:
    size = count * np.dtype(dtype).itemsize
    if size > len(body):
        raise _damaged(shown)
    values = np.frombuffer(body[:size], dtype=dtype)
    return values.astype(values.dtype.newbyteorder("="), copy=True), body[size:]


def _check(body: bytes | memoryview) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECK_BYTES, person=_PERSON).digest()


def _damaged(shown: str) -> InputRefused:
    return _refused(shown, "damaged", _("the sketch {file} is damaged: ask for another copy of it"))


def _refused(shown: str, code: str, message: str, **values: int) -> InputRefused:
    return InputRefused(message.format(file=shown, **values), code=code, file=shown)


_SCHEME = f"datasketch-2 affine32 seed=1 num_perm={NUM_PERM}"
