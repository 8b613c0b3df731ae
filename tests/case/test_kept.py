"""Originals kept encrypted: byte for byte, and any damage shows."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.case.kept import CHUNK, KeptOriginal, kept_original, write_kept
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key

KEY = Key(bytes(range(32)))
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7)


def kept_at(folder: Path, data: bytes) -> KeptOriginal:
    original = folder / "original"
    original.write_bytes(data)
    kept = kept_original(folder, KEY, hashlib.sha256(data).hexdigest())
    assert write_kept(original, KEY, kept.path) == hashlib.sha256(data).hexdigest()
    return kept


@pytest.mark.parametrize("size", SIZES)
def test_an_original_comes_back_byte_for_byte(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    kept = kept_at(tmp_path, data)
    assert kept.size == size
    assert b"".join(kept.pieces()) == data
    sealed = kept.path.read_bytes()
    assert size < 100 or data[:50] not in sealed
    assert KEY.secret not in sealed and kept.secret.hex() not in repr(kept)


@settings(max_examples=20)
@given(st.integers(0, 2 * CHUNK + 99), st.integers(0, 300))
def test_any_part_can_be_read(tmp_path_factory: pytest.TempPathFactory, at: int, n: int) -> None:
    data = hashlib.shake_128(b"made up").digest(2 * CHUNK + 77)
    with kept_at(tmp_path_factory.mktemp("kept"), data).open() as file:
        file.seek(at)
        assert file.read(n) == data[at : at + n]
        assert file.seek(-10, os.SEEK_END) == len(data) - 10
        assert file.read() == data[-10:]


def test_two_copies_share_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 5000)
    for name in ("a", "b"):
        write_kept(tmp_path / "one", KEY, tmp_path / name)
    first, second = ((tmp_path / name).read_bytes() for name in ("a", "b"))
    assert first[21:37] != second[21:37] and first[37:] != second[37:]


@pytest.mark.parametrize(
    "harm", ["flip", "head", "cut-chunk", "cut-byte", "swap", "longer", "short"]
)
def test_damage_shows(tmp_path: Path, harm: str) -> None:
    kept = kept_at(tmp_path, os.urandom(3 * CHUNK))
    sealed = bytearray(kept.path.read_bytes())
    step = CHUNK + 16
    if harm == "flip":
        sealed[40 + step] ^= 1
    elif harm == "head":
        sealed[25] ^= 1
    elif harm == "cut-chunk":
        del sealed[-step:]
    elif harm == "cut-byte":
        del sealed[-1:]
    elif harm == "swap":
        sealed[37 : 37 + 2 * step] = sealed[37 + step : 37 + 2 * step] + sealed[37 : 37 + step]
    elif harm == "longer":
        sealed += sealed[-step:]
    else:
        del sealed[30:]
    kept.path.write_bytes(sealed)
    with pytest.raises(LeaktraceError, match="damaged") as error:
        list(kept.pieces())
    assert error.value.code == "damaged"


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    kept = kept_at(tmp_path, b"made up")
    other = KeptOriginal(kept.path, kept_original(tmp_path, Key.new(), "0" * 64).secret)
    with pytest.raises(LeaktraceError, match="another key"):
        list(other.pieces())
