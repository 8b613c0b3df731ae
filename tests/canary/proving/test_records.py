"""The records of plantings: what a leaf holds, and that it gives nothing away."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from leaktrace.canary.proving import Circumstances, planting_checks
from leaktrace.canary.proving.leaves import (
    SALT_BYTES,
    canonical,
    circumstances_said,
    leaf_of,
    new_salt,
    planting_said,
)
from leaktrace.canary.proving.records import StoredRecord, read_record
from leaktrace.case import Case
from leaktrace.case.records import Planting
from leaktrace.intake.worker import Worker
from leaktrace.times import Moment
from tests.canary.proving.conftest import add

TEXTS = st.text(max_size=8)


def records(case: Case) -> list[StoredRecord]:
    rows = case.ledger.execute("SELECT * FROM planting_records ORDER BY planting")
    return [read_record(row, case.sealer) for row in rows]


def test_every_planting_has_a_record_of_all_that_was_said(planted: Case) -> None:
    found = records(planted)
    assert [one.planting for one in found] == [1, 2, 3, 4, 5]
    assert all(one.sound for one in found)
    second, third = found[1].said, found[2].said
    assert (second["canary"], second["source"], second["source_name"]) == ("C002", "S02", "某诊所")
    assert second["planted"]["text"] == "2026-03-02T09:30:00+08:00"
    assert second["identity"] == {"mobile": "13761234092", "name": "赵青"}
    assert (second["origin"], second["form"]) == ("import", "leaktrace planting 1")
    assert third["source"] is None
    assert {check.state for check in planting_checks(planted)} == {"same"}


def test_leaves_of_equal_records_differ_by_their_random_bytes(planted: Case) -> None:
    found = records(planted)
    assert len({one.salt for one in found}) == len(found)
    assert {len(one.salt) for one in found} == {SALT_BYTES}
    assert leaf_of(found[0].text, new_salt()) != found[0].leaf


def test_what_a_record_says_is_sealed_in_the_ledger(planted: Case) -> None:
    raw = b"".join(path.read_bytes() for path in planted.folder.glob("*") if path.is_file())
    for secret in ("13761234092", "赵青", records(planted)[1].salt.hex()):
        assert secret.encode() not in raw
    assert records(planted)[1].salt not in raw


def test_taking_the_same_plantings_in_again_adds_no_record(
    planted: Case, worker: Worker, tmp_path: Path
) -> None:
    before = records(planted)
    add(planted, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    assert records(planted)[:-1] == before


@given(
    st.builds(
        Circumstances,
        place=TEXTS,
        by=TEXTS,
        marks=st.dictionaries(TEXTS, TEXTS, max_size=3),
        note=TEXTS,
    ),
    st.floats(0, 4e9),
)
def test_a_record_reads_back_as_it_was_said(told: Circumstances, at: float) -> None:
    said = {
        **planting_said(1, "C1", Planting("S1", Moment(at, at, "x")), {}),
        **circumstances_said(told, None, ()),
    }
    text = canonical(said)
    assert json.loads(text) == json.loads(json.dumps(said).encode("utf-8", "surrogatepass"))
    assert canonical(json.loads(text)) == text
