"""``compare``: lists and sketches side by side."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from leaktrace.engines.comparison import compare, compare_held
from leaktrace.engines.local import build_list, fingerprint_file, store_file
from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.sketch import sketch_of
from leaktrace.fingerprint.sketchfile import load_sketch, save_sketch, sketch_bytes
from leaktrace.fingerprint.store import open_held

from .conftest import reading_of

KEY = Key(bytes(range(32)))


def write(path: Path, mobiles: list[int], names: bool = True) -> Path:
    header = "姓名,手机号\n" if names else "手机号\n"
    lines = [
        f"张{chr(0x4E00 + n % 500)},{m}\n" if names else f"{m}\n" for n, m in enumerate(mobiles)
    ]
    path.write_text(header + "".join(lines), encoding="utf-8")
    return path


def numbers(count: int, start: int = 0) -> list[int]:
    return [13800000000 + 7919 * (start + n + 1) % 10**8 for n in range(count)]


def test_two_lists_are_compared_exactly(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(40))
    b = write(tmp_path / "b.csv", numbers(100, 30))
    found = compare(a, b)
    assert found.exact
    mobile = found.kinds["mobile"]
    assert (mobile.a, mobile.b, mobile.overlap) == (40, 100, 10)
    assert mobile.containment_a_in_b == 0.25
    assert mobile.containment_b_in_a == 0.1
    assert mobile.jaccard == pytest.approx(10 / 130)
    assert mobile.standard_error == 0.0
    assert set(found.kinds) == {"mobile"}


def test_the_same_lists_give_the_same_answer_whatever_the_key(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(40))
    b = write(tmp_path / "b.csv", numbers(100, 30))
    assert json.dumps(compare(a, b).to_json()) == json.dumps(compare(a, b).to_json())


def test_a_list_equals_itself(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(40))
    assert compare(a, a).kinds["mobile"].jaccard == 1.0


def test_a_washed_list_matches_by_its_partial_kinds(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(40))
    washed = "".join(
        f"张{chr(0x4E00 + n)},{str(m)[:3]}****{str(m)[-4:]}\n" for n, m in enumerate(numbers(20))
    )
    (tmp_path / "b.csv").write_text("姓名,手机号\n" + washed, encoding="utf-8")
    kinds = compare(a, tmp_path / "b.csv").kinds
    assert kinds["mobile"].b == 0
    assert kinds["mobile_masked"].overlap == 20
    assert kinds["mobile_masked"].containment_b_in_a == 1.0


def test_a_list_against_a_sketch_needs_the_key(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(2_000))
    b = write(tmp_path / "b.csv", numbers(4_000, 1_000))
    fingerprint_file(b, KEY.secret, tmp_path / "b.sketch", scaled=10)
    with pytest.raises(LeaktraceError) as error:
        compare(a, tmp_path / "b.sketch")
    assert error.value.code == "key-missing"
    found = compare(a, tmp_path / "b.sketch", KEY)
    assert not found.exact
    mobile = found.kinds["mobile"]
    assert (mobile.a, mobile.b) == (2_000, 4_000)
    assert mobile.containment_a_in_b == pytest.approx(0.5, abs=4 * mobile.standard_error)
    assert mobile.containment_b_in_a == pytest.approx(mobile.containment_a_in_b / 2)
    assert mobile.overlap == round(mobile.containment_a_in_b * 2_000)
    assert 0.0 < mobile.standard_error < 0.05


def test_two_sketches_need_no_key(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(3_000))
    fingerprint_file(a, KEY.secret, tmp_path / "a.sketch", scaled=10)
    fingerprint_file(a, KEY.secret, tmp_path / "b.sketch", scaled=10)
    assert compare(tmp_path / "a.sketch", tmp_path / "b.sketch").kinds["mobile"].jaccard == 1.0


def test_other_keys_and_other_scales_are_refused_in_words(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(500))
    other = Key(bytes(32))
    fingerprint_file(a, KEY.secret, tmp_path / "a.sketch", scaled=10)
    fingerprint_file(a, other.secret, tmp_path / "b.sketch", scaled=10)
    fingerprint_file(a, KEY.secret, tmp_path / "c.sketch", scaled=20)
    for left, right, key, code in (
        ("a.sketch", "b.sketch", None, "other-key"),
        ("a.sketch", "a.csv", other, "other-key"),
        ("a.sketch", "c.sketch", None, "other-settings"),
    ):
        with pytest.raises(InputRefused) as error:
            compare(tmp_path / left, tmp_path / right, key)
        assert error.value.code == code
        assert "\n" not in error.value.message


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(5))
    with pytest.raises(InputRefused):
        compare(a, tmp_path / "none.csv")


def test_fingerprint_and_store_make_the_same_sketch(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(3_000))
    told = fingerprint_file(a, KEY.secret, tmp_path / "a.sketch")
    stored = store_file(a, KEY.secret, tmp_path / "a")
    made = sketch_of(open_held(tmp_path / "a"), KEY)
    assert (tmp_path / "a.sketch").read_bytes() == sketch_bytes(made)
    assert told.sha256 == stored.sha256
    assert told.identifiers == stored.identifiers == {"mobile": 3_000}
    assert told.rows == stored.rows == 3_000


def test_the_same_file_gives_the_same_folder(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", numbers(3_000))
    for name in ("one", "two"):
        store_file(a, KEY.secret, tmp_path / name)
    one, two = (
        {p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("*") if p.is_file()}
        for f in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two


def test_a_refused_file_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(InputRefused):
        store_file(tmp_path / "empty.csv", KEY.secret, tmp_path / "store")
    with pytest.raises(InputRefused):
        fingerprint_file(tmp_path / "empty.csv", KEY.secret, tmp_path / "a.sketch")
    assert [path.name for path in tmp_path.iterdir()] == ["empty.csv"]


def test_a_bare_sketch_carries_no_months(tmp_path: Path) -> None:
    lines = "".join(f"{m},2025-03-{1 + n % 28:02d}\n" for n, m in enumerate(numbers(500)))
    (tmp_path / "a.csv").write_text("手机号,登记时间\n" + lines, encoding="utf-8")
    fingerprint_file(tmp_path / "a.csv", KEY.secret, tmp_path / "a.sketch", scaled=10)
    fingerprint_file(tmp_path / "a.csv", KEY.secret, tmp_path / "b.sketch", bare=True, scaled=10)
    months = load_sketch(tmp_path / "a.sketch").kinds["mobile"].months
    assert months is not None
    assert set(months.tolist()) == {(2025 - 1970) * 12 + 2}
    assert load_sketch(tmp_path / "b.sketch").kinds["mobile"].months is None


def test_the_error_is_what_is_stated() -> None:
    """1,000 rows half inside 20,000, under many keys: estimates scatter as the error says."""
    inside, outside = numbers(20_000), numbers(500, 50_000)
    rows = [{"mobile": m} for m in inside]
    batch = [{"mobile": m} for m in (*inside[:500], *outside)]
    estimates, errors = [], []
    for seed in range(12):
        key = Key(bytes([seed]) * 32)
        whole = build_list(reading_of(rows, block=20_000), key, rows=False, facts=False)
        small = build_list(reading_of(batch, block=1_000), key, rows=False, facts=False)
        sketch = sketch_of(whole, key, scaled=10).to_held()
        mobile = compare_held(small.held, sketch).kinds["mobile"]
        estimates.append(mobile.containment_a_in_b)
        errors.append(mobile.standard_error)
    assert np.mean(estimates) == pytest.approx(0.5, abs=0.05)
    assert np.std(estimates) == pytest.approx(np.mean(errors), rel=0.6)


def test_results_are_taken_away_as_a_frame(tmp_path: Path) -> None:
    held = build_list(reading_of([{"mobile": 13800001111, "email": "a@b.cn"}]), KEY).held
    frame = compare_held(held, held).to_frame()
    assert frame.loc["email", "overlap"] == 1
    assert list(frame.columns)[:3] == ["a", "b", "overlap"]


def test_an_empty_list_is_compared_too() -> None:
    held = build_list(reading_of([{"mobile": 13800001111}]), KEY).held
    nobody = build_list(reading_of([]), KEY).held
    mobile = compare_held(held, nobody).kinds["mobile"]
    assert (mobile.a, mobile.b, mobile.overlap, mobile.jaccard) == (1, 0, 0, 0.0)


def test_saved_sketches_compare_as_those_in_memory(tmp_path: Path) -> None:
    rows = [{"mobile": m} for m in numbers(2_000)]
    sketch = sketch_of(build_list(reading_of(rows, block=2_000), KEY), KEY, scaled=10)
    save_sketch(sketch, tmp_path / "a.sketch")
    here = compare_held(sketch.to_held(), sketch.to_held())
    assert here == compare_held(load_sketch(tmp_path / "a.sketch").to_held(), sketch.to_held())
