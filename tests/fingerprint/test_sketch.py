"""Sketches and their files."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.fingerprint.fracminhash import bias_factor, containment
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.minhash import merge, minhash
from leaktrace.fingerprint.sketch import NO_MONTH, SketchFile, sketch_of
from leaktrace.fingerprint.sketchfile import (
    MAGIC,
    is_sketch,
    load_sketch,
    save_sketch,
    sketch_bytes,
    sketch_from,
)

from .conftest import KEY, held_of, random_held

LIMIT = 2**64 // 10
# A change of this is a change of the format: raise SKETCH_FORMAT and write it into FORMAT.md.
GOLDEN = "d953b0180e9ef0b2aac5b6e4684a7516d5d3e9ef7b0e136d6409882ec4144e76"


@pytest.fixture(scope="module")
def sketch() -> SketchFile:
    return sketch_of(random_held(4_000, 3, days=True), KEY, scaled=10)


def test_the_sample_is_the_tokens_below_the_limit() -> None:
    held = random_held(2_000, 4)
    made = sketch_of(held, KEY, scaled=10)
    expected = [token for token in held.index["mobile"].tokens.tolist() if token < LIMIT]
    assert made.kinds["mobile"].tokens.tolist() == expected
    assert made.kinds["mobile"].distinct == 2_000
    assert made.people == 2_000


def test_sketching_the_union_is_the_union_of_sketches() -> None:
    tokens = np.unique(np.random.default_rng(5).integers(1, 2**64, 3_000, dtype=np.uint64))
    parts = [held_of([{"mobile": int(t)} for t in tokens[n::2]]) for n in range(2)]
    whole = held_of([{"mobile": int(t)} for t in tokens])
    halves = [sketch_of(part, KEY, scaled=10).kinds["mobile"].tokens for part in parts]
    joined = np.union1d(*halves)
    assert sketch_of(whole, KEY, scaled=10).kinds["mobile"].tokens.tolist() == joined.tolist()
    a, b = (minhash(part.index["mobile"].tokens) for part in parts)
    assert merge(a, b).tolist() == minhash(tokens).tolist()


def test_months_are_those_of_the_earliest_registration() -> None:
    days = [
        (date(2024, 3, 9) - date(1970, 1, 1)).days,
        (date(2023, 12, 31) - date(1970, 1, 1)).days,
    ]
    held = held_of([{"mobile": 5}, {"mobile": 5}, {"mobile": 6}], days=[*days, -(2**31)])
    made = sketch_of(held, KEY, scaled=10).kinds["mobile"]
    assert made.months is not None
    assert made.months.tolist() == [(2023 - 1970) * 12 + 11, NO_MONTH]
    back = sketch_of(held, KEY, scaled=10).to_held().people.registered
    assert back.tolist() == [(date(2023, 12, 1) - date(1970, 1, 1)).days, -(2**31)]


def test_a_bare_sketch_says_no_dates() -> None:
    made = sketch_of(random_held(500, 6, days=True), KEY, scaled=10, months=False)
    assert made.kinds["mobile"].months is None
    assert (made.to_held().people.registered == -(2**31)).all()


def test_small_sets_have_no_classic_minhash() -> None:
    held = random_held(1_300, 7)
    assert sketch_of(held, KEY, scaled=10).kinds["mobile"].minhash is not None
    assert sketch_of(held, KEY, scaled=11).kinds["mobile"].minhash is None
    assert sketch_of(held, KEY, scaled=10, classic=False).kinds["mobile"].minhash is None


def test_classic_minhash_is_datasketch_s() -> None:
    import datasketch

    tokens = np.random.default_rng(8).integers(1, 2**64, 20_000, dtype=np.uint64)
    low = [int(token) & 0xFFFFFFFF for token in tokens]
    theirs = datasketch.MinHash(scheme="affine32", seed=1, num_perm=128, hashfunc=lambda x: x)
    theirs.update_batch(low)
    values = minhash(tokens)
    assert values.tolist() == theirs.hashvalues.tolist()
    taken = datasketch.MinHash(hashvalues=values, seed=1, scheme="affine32")
    assert taken.jaccard(theirs) == 1.0
    lsh = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    lsh.insert("b", taken)
    assert lsh.query(theirs) == ["b"]
    ensemble = datasketch.MinHashLSHEnsemble(threshold=0.5, num_perm=128)
    ensemble.index([("b", taken, 20_000)])
    assert list(ensemble.query(theirs, 20_000)) == ["b"]


def test_an_empty_minhash_is_datasketch_s() -> None:
    import datasketch

    assert minhash(np.zeros(0, np.uint64)).tolist() == datasketch.MinHash().hashvalues.tolist()


def test_a_sketch_comes_back_from_its_file(sketch: SketchFile, tmp_path: Path) -> None:
    save_sketch(sketch, tmp_path / "a.sketch")
    back = load_sketch(tmp_path / "a.sketch")
    assert sketch_bytes(back) == sketch_bytes(sketch) == (tmp_path / "a.sketch").read_bytes()
    assert back.kinds["mobile"].tokens.tolist() == sketch.kinds["mobile"].tokens.tolist()
    assert is_sketch(tmp_path / "a.sketch")
    assert [path.name for path in tmp_path.iterdir()] == ["a.sketch"]


def test_a_sketch_describes_itself_and_no_more(sketch: SketchFile) -> None:
    raw = sketch_bytes(sketch)
    start = len(MAGIC) + 4
    length = int.from_bytes(raw[len(MAGIC) : start], "little")
    header = msgspec.json.decode(raw[start : start + length])
    assert set(header) == {
        "format",
        "key",
        "kinds",
        "minhash_scheme",
        "people",
        "scaled",
        "written",
    }
    assert header["key"] == KEY.fingerprint
    assert KEY.secret not in raw
    assert KEY.secret.hex().encode() not in raw


def test_golden_bytes() -> None:
    held = held_of([{"mobile": 5, "id_number": 9}, {"mobile": LIMIT + 1}], days=[19000, 19000])
    raw = sketch_bytes(sketch_of(held, KEY, scaled=10))
    assert hashlib.sha256(raw).hexdigest() == GOLDEN


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_sketch_is_refused(sketch: SketchFile, data: st.DataObject) -> None:
    raw = bytearray(sketch_bytes(sketch))
    if data.draw(st.booleans()):
        raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
    else:
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(InputRefused) as error:
        sketch_from(bytes(raw), "x.sketch")
    assert "\n" not in error.value.message


def _forged(changes: dict[str, object], arrays: bytes = b"") -> bytes:
    header = {
        "format": 1,
        "key": KEY.fingerprint,
        "kinds": {"mobile": {"distinct": 1, "held": 1, "minhash": False, "months": False}},
        "minhash_scheme": "datasketch-2 affine32 seed=1 num_perm=128",
        "people": 1,
        "scaled": 100,
        "written": {"mobile": 1},
        **changes,
    }
    text = msgspec.json.encode(header, order="sorted")
    body = MAGIC + len(text).to_bytes(4, "little") + text + arrays
    return body + hashlib.blake2b(body, digest_size=32, person=b"leaktrace-sketch").digest()


def _kind(**changes: object) -> dict[str, object]:
    return {"mobile": {"distinct": 5, "held": 1, "minhash": False, "months": False, **changes}}


ONE = (7).to_bytes(8, "little")


@pytest.mark.parametrize(
    ("changes", "arrays"),
    [
        ({"kinds": _kind(held=2**60, distinct=2**60)}, ONE),
        ({"kinds": _kind(held=-1)}, ONE),
        ({"kinds": _kind(held=6)}, ONE * 6),
        ({"kinds": _kind(held=2)}, ONE * 2),
        ({"kinds": _kind()}, bytes(8)),
        ({"kinds": _kind()}, (2**63).to_bytes(8, "little")),
        ({"kinds": _kind()}, ONE + b"more"),
        ({"kinds": _kind(minhash=True)}, ONE),
        ({"kinds": {"hotline": _kind()["mobile"]}}, ONE),
        ({"kinds": {"nonsense": _kind()["mobile"]}}, ONE),
        ({"scaled": 1}, ONE),
        ({"scaled": 0}, ONE),
        ({"people": 2**63}, ONE),
        ({"people": -1}, ONE),
        ({"people": "1"}, ONE),
        ({"written": {"mobile": -1}}, ONE),
        ({"written": {"13800001111": 1}}, ONE),
        ({"key": "no key"}, ONE),
        ({"minhash_scheme": "legacy"}, ONE),
        ({"name": "somebody"}, ONE),
        ({"format": 2}, ONE),
    ],
)
def test_a_hostile_sketch_is_refused(changes: dict[str, object], arrays: bytes) -> None:
    with pytest.raises(InputRefused):
        sketch_from(_forged(changes, arrays), "x.sketch")


def test_the_forger_knows_the_format() -> None:
    assert sketch_from(_forged({}, ONE), "x.sketch").kinds["mobile"].tokens.tolist() == [7]


def test_another_file_is_no_sketch(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("mobile\n", encoding="utf-8")
    assert not is_sketch(tmp_path / "list.csv")
    assert not is_sketch(tmp_path / "none.csv")
    with pytest.raises(InputRefused) as error:
        load_sketch(tmp_path / "list.csv")
    assert error.value.code == "not-a-sketch"
    with pytest.raises(InputRefused) as error:
        load_sketch(tmp_path / "none.sketch")
    assert error.value.code == "missing"


@pytest.mark.parametrize("scaled", [0, 1, 9, 1_000_001])
def test_a_scale_out_of_bounds_is_refused(scaled: int) -> None:
    with pytest.raises(LeaktraceError):
        sketch_of(held_of([{"mobile": 1}]), Key.new(), scaled=scaled)


def test_a_sketch_of_a_sketch_is_refused(sketch: SketchFile) -> None:
    with pytest.raises(LeaktraceError):
        sketch_of(sketch.to_held(), KEY)


def test_exact_containment_has_no_error() -> None:
    assert containment(3, 12, 12, 1).value == 0.25
    assert containment(3, 12, 12, 1).standard_error == 0.0
    assert containment(0, 0, 0, 1).value == 0.0


def test_the_bias_factor_is_the_chance_of_a_sample() -> None:
    assert bias_factor(1, 100) == pytest.approx(0.01)
    assert bias_factor(10**9, 100) == 1.0
    assert bias_factor(300, 100) == pytest.approx(1 - 0.99**300)


def test_the_estimate_and_its_error_hold_in_simulation() -> None:
    """5,000 rows half inside a source: the mean is right, the error is what is stated."""
    generator = np.random.default_rng(9)
    truth, size, scaled = 0.5, 5_000, 100
    inside = generator.binomial(int(size * truth), 1 / scaled, 4_000)
    outside = generator.binomial(size - int(size * truth), 1 / scaled, 4_000)
    found = [
        containment(int(hits), int(hits + rest), size, scaled)
        for hits, rest in zip(inside, outside, strict=True)
    ]
    values = np.array([estimate.value for estimate in found])
    stated = np.array([estimate.standard_error for estimate in found])
    assert values.mean() == pytest.approx(truth, abs=0.005)
    assert values.std() == pytest.approx(stated.mean(), rel=0.06)


def test_an_empty_sample_knows_nothing() -> None:
    assert containment(0, 0, 40, 100).value == 0.0
    assert containment(0, 0, 40, 100).standard_error > 0.25
