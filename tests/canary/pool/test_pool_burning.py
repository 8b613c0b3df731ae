from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.canary import import_plantings
from leaktrace.canary.pool import Told, premature, sightings, states, tell
from leaktrace.canary.pool.burning import burn, burn_premature, retire, unmarked
from leaktrace.canary.pool.knowing import knowers, name_knower
from leaktrace.canary.pool.roll import roll, roll_entry
from leaktrace.case import Case, attach_reference, ingest
from leaktrace.case.chain import chain_faults
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.intake.worker import Worker
from leaktrace.times import read_moment
from tests.canary.pool.pooldata import PLANTINGS, mobile, write


def leaked(case: Case, folder: Path, name: str, seen: str, *mobiles: str) -> None:
    rows = [("张三", one) for one in (*mobiles, *(mobile(number) for number in range(900, 960)))]
    path = write(folder / f"{name}.csv", *rows, header=("姓名", "手机号"))
    assert len(ingest(case, [path], seen_at=read_moment(seen)).batches) == 1


def told(number: str, what: str, at: str, to: str = "") -> Told:
    return Told(number, what, read_moment(at), to)


def test_what_was_there_before_it_was_planted_is_burnt_and_says_why(
    pool: Case, tmp_path: Path
) -> None:
    leaked(pool, tmp_path, "B1", "2024-04-01", mobile(1), mobile(2), mobile(3))
    leaked(pool, tmp_path, "B0", "2024-03-01", mobile(1))
    leaked(pool, tmp_path, "B2", "2024-05-01", mobile(1))
    found = {(one.subject_id, one.place_id, one.at.text) for one in premature(pool)}
    # The control is for being found; N3 is used by nobody yet.
    assert found == {("C1", "B0", "2024-03-01"), ("N3", "B1", "2024-04-01")}
    assert states(pool, read_moment("2024-06-01"))["N1"].code == "planted"
    entry = roll_entry(pool, "C1", read_moment("2024-06-01"))
    assert (entry.state.code, entry.state.reason) == ("burnt", "found-early")
    assert [one.place_id for one in entry.seen] == ["B0", "B1", "B2"]
    assert len(burn_premature(pool)) == 2
    assert unmarked(pool) == () == burn_premature(pool)
    marked = states(pool, read_moment("2024-06-01"))
    assert (marked["N1"].code, marked["N3"].code, marked["N2"].code) == (
        "burnt", "burnt", "control",
    )  # fmt: skip
    entry = roll_entry(pool, "C1", read_moment("2024-06-01"))
    assert entry.state.reason == "burnt"
    assert "found in batch B0, seen 2024-03-01" in str(entry.history[0].details["note"])
    assert chain_faults(pool.ledger, pool.key) == []


def test_a_batch_of_the_day_of_planting_burns_nothing(pool: Case, tmp_path: Path) -> None:
    leaked(pool, tmp_path, "B1", "2024-05-01", mobile(1))
    leaked(pool, tmp_path, "B2", "2024-06-01", mobile(1))
    assert premature(pool) == ()
    assert [one.place_id for one in sightings(pool)] == ["B1", "B2"]


def test_a_reference_burns_by_the_day_of_registration(pool: Case, tmp_path: Path) -> None:
    rows = [("张三", mobile(number), "2020-01-01") for number in range(900, 960)]
    rows += [("白晨曦", mobile(1), "2024-05-01"), ("王五", mobile(3), "2024-04-30")]
    path = write(tmp_path / "R1.csv", *rows, header=("姓名", "手机号", "登记时间"))
    attach_reference(pool, "S1", path)
    assert {(one.subject_id, one.place_id) for one in premature(pool)} == {("N3", "S1")}
    rows[-2] = ("白晨曦", mobile(1), "2024-04-29")
    path = write(tmp_path / "R2.csv", *rows, header=("姓名", "手机号", "登记时间"))
    attach_reference(pool, "S2", path)
    (one,) = (one for one in premature(pool) if one.subject_id == "C1")
    assert (one.place, one.place_id, one.at.text) == ("reference", "S2", "2024-04-29")


def test_a_burnt_canary_burns_its_number_and_there_is_no_way_back(pool: Case) -> None:
    done = burn(pool, ["C1"], "举报信中写明", read_moment("2024-06-01"))
    assert (done.added, done.unchanged) == (1, 0)
    assert burn(pool, ["C1"], "again").unchanged == 1
    assert states(pool, read_moment("2024-05-31"))["N1"].code == "planted"
    assert states(pool)["N1"].code == "burnt"
    with pytest.raises(UsageError):
        burn(pool, ["C2"], " ")
    with pytest.raises(LeaktraceError) as refused:
        burn(pool, ["C2", "C9"], "x")
    assert refused.value.code == "unknown-canary"
    assert states(pool, read_moment("2024-06-02"))["N2"].code == "control"


def test_the_numbers_of_a_retired_canary_rest(pool: Case) -> None:
    retire(pool, ["C1"], "项目结束", read_moment("2024-06-01"))
    assert (states(pool)["N1"].code, states(pool)["N1"].reason) == ("resting", "retired")
    assert roll_entry(pool, "C1").state.code == "retired"


def test_those_who_knew_of_a_canary(pool: Case) -> None:
    tell(pool, "canary hand", [told("N1", "handed", "2024-04-01", to="李四")])
    tell(pool, "canary hand", [told("N1", "handed", "2024-06-01", to="赵六")])
    assert name_knower(pool, ["C1", "C2"], " 钱七 ", read_moment("2024-07-01")).added == 2
    assert name_knower(pool, ["C1"], "钱七").unchanged == 1
    found = [(one.who, one.how, one.since.text) for one in knowers(pool)["C1"]]
    # Whoever passed the number on before it was planted knew of no canary.
    assert found == [
        ("李四", "custodian", "2024-05-01"),
        ("赵六", "custodian", "2024-06-01"),
        ("钱七", "named", "2024-07-01"),
    ]
    with pytest.raises(UsageError):
        name_knower(pool, ["C1"], "")


def test_the_roll(pool: Case, worker: Worker, tmp_path: Path) -> None:
    planted = write(
        tmp_path / "P2.csv", ("C3", "S2", "2024-06-10", mobile(77), ""), header=PLANTINGS
    )
    import_plantings(pool, planted, worker=worker)
    tell(pool, "canary heartbeat", [told("N1", "missed", "2024-06-01")])
    before = [one.canary.id for one in roll(pool, read_moment("2024-06-05"))]
    assert before == ["C1", "C2"]
    found = {one.canary.id: one for one in roll(pool, read_moment("2024-06-12"))}
    assert {name: one.state.code for name, one in found.items()} == {
        "C1": "silent", "C2": "control", "C3": "planted",
    }  # fmt: skip
    assert [one.id for one in found["C1"].numbers] == ["N1"] and found["C3"].numbers == ()
    assert found["C1"].state.reason == "missed-heartbeat"
    with pytest.raises(LeaktraceError):
        roll_entry(pool, "C9")
