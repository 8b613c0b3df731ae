"""Planting: what is recorded, and what is refused."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from leaktrace.canary.personas import marks_told
from leaktrace.canary.planning import PlannedPlanting
from leaktrace.canary.planning.lawful import lawful_reason
from leaktrace.canary.planning.sheet import SheetSource, sheet_csv, sheet_rows
from leaktrace.canary.planning.taken import taken_marks
from leaktrace.canary.planting import ToPlant, evidence_sha256, plant
from leaktrace.canary.plantingtables import channel_code, plant_controls, plant_sheet
from leaktrace.canary.pool import happen, import_numbers, states
from leaktrace.canary.pool.roll import roll_entry
from leaktrace.canary.proving import CHANNELS, Circumstances, commit, planting_checks, prove
from leaktrace.canary.proving.records import read_record
from leaktrace.case import Case, import_sources
from leaktrace.cli.main import run
from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.worker import Worker
from leaktrace.times import Moment, read_moment
from tests.case.case_data import write_table
from tests.conftest import Run

DONE = Circumstances(by="李", authorised_by="王")
DAY = read_moment("2026-06-01")
VALUE = "1376123409{}"


@pytest.fixture
def pool(case: Case, worker: Worker, tmp_path: Path) -> Case:
    sources = write_table(
        tmp_path / "SOURCES.csv",
        "id,name,kind,population",
        ("S01", "某中介", "agency", "9"),
        ("S02", "某诊所", "dental", "9"),
        ("S03", "某银行", "bank-sms-reply", "9"),
    )
    assert import_sources(case, sources, worker=worker).added == 3
    numbers = [(f"N{one}", VALUE.format(one), "2026-01-01", "") for one in range(1, 7)]
    numbers += [
        ("N7", VALUE.format(7), "2026-01-01", "2031-01-01"),
        ("M1", "qzkw7@example.org", "2026-01-01", ""),
    ]
    table = write_table(
        tmp_path / "N.csv", "number_id,value,acquired_at,quarantine_until", *numbers
    )
    assert import_numbers(case, table, worker=worker).added == 8
    return case


def said(case: Case) -> list[dict[str, object]]:
    rows = case.ledger.execute("SELECT * FROM planting_records ORDER BY planting")
    return [dict(read_record(row, case.sealer).said) for row in rows]


def refused(case: Case, one: ToPlant) -> str:
    before = len(case.runs())
    with pytest.raises(LeaktraceError) as told:
        plant(case, one)
    assert len(case.runs()) == before
    assert VALUE.format(1)[:9] not in str(told.value)
    return told.value.code


def test_a_planting_is_recorded_with_all_that_was_told(pool: Case, tmp_path: Path) -> None:
    shot = tmp_path / "shot.png"
    shot.write_bytes(b"a screenshot")
    told = Circumstances(
        "app", "登记页", "李", "王", evidence_sha256(shot), {"loan": "123400"}, note="n"
    )
    identity = {"name": "顾远昶", "address": "", "email": "qzkw7@example.org"}
    outcome = plant(pool, ToPlant("N1", "S01", DAY, told, identity))
    assert (outcome.added, outcome.warnings) == (1, ())
    (record,) = said(pool)
    assert record["evidence_sha256"] == hashlib.sha256(b"a screenshot").hexdigest()
    assert record["origin"] == "plant" and record["numbers"] == ["M1", "N1"]
    for name, value in (("channel", "app"), ("place", "登记页"), ("by", "李"), ("note", "n")):
        assert record[name] == value
    assert record["authorised_by"] == "王"
    assert record["marks"] == {
        "loan": "123400", "name": "顾远昶", "email": "qzkw7@example.org",
    }  # fmt: skip
    (canary,) = pool.canaries()
    assert (canary.id, set(canary.tokens) >= {"mobile", "email"}) == ("N1", True)
    found = states(pool, DAY)
    assert (found["N1"].code, found["M1"].code, found["N2"].code) == ("planted", "planted", "free")
    again = plant(pool, ToPlant("N1", "S01", DAY, told, identity))
    assert (again.added, again.unchanged) == (0, 1)
    commit(pool)
    assert prove(pool, "N1").said == record
    assert {check.state for check in planting_checks(pool)} == {"same"}


def test_only_a_free_number_that_the_pool_holds_is_planted(pool: Case) -> None:
    assert refused(pool, ToPlant("N9", "S01", DAY, DONE)) == "unknown-number"
    assert refused(pool, ToPlant("N1", "S09", DAY, DONE)) == "unknown-source"
    assert refused(pool, ToPlant("N7", "S01", DAY, DONE)) == "not-free"
    assert refused(pool, ToPlant("N1", "S01", read_moment("2025-06-01"), DONE)) == "not-free"
    assert refused(pool, ToPlant("N1", "S01", read_moment("2999-06-01"), DONE)) == "future"
    somebody = ToPlant("N1", "S01", DAY, DONE, canary="13761234090")
    assert refused(pool, somebody) == "identifier-as-id"
    plant(pool, ToPlant("N1", "S01", DAY, DONE))
    assert refused(pool, ToPlant("N1", "S02", DAY, DONE)) == "in-use"
    assert refused(pool, ToPlant("N1", "S02", read_moment("2026-05-01"), DONE)) == "in-use"
    assert refused(pool, ToPlant("N1", "S02", DAY, DONE, canary="C1", shared=True)) == "in-use"
    assert refused(pool, ToPlant("N1", "S01", read_moment("2026-05-01"), DONE)) == (
        "changed-planting"
    )


@pytest.mark.parametrize("what", ["missed", "burnt", "resting", "returned", "lapsed"])
def test_a_number_that_something_has_happened_to_is_not_free(pool: Case, what: str) -> None:
    with pool.writing("test") as writer, writer.one_input():
        happen(writer, "number", "N5", what, read_moment("2026-05-20"))
    assert refused(pool, ToPlant("N5", "S01", DAY, DONE)) == "not-free"
    # It was still free before.
    assert plant(pool, ToPlant("N5", "S01", read_moment("2026-05-01"), DONE)).added == 1


def test_a_mailbox_beside_the_mobile_must_be_free_too(pool: Case) -> None:
    plant(pool, ToPlant("M1", "S01", DAY, DONE))
    mail = {"email": "QZKW7@example.org"}
    assert refused(pool, ToPlant("N1", "S02", DAY, DONE, mail)) == "in-use"


def test_who_planted_and_who_allowed_it_must_be_said(pool: Case) -> None:
    for told in (Circumstances(by="李"), Circumstances(authorised_by="王"), Circumstances()):
        assert refused(pool, ToPlant("N1", "S01", DAY, told)) == "no-authority"


def test_where_a_false_statement_is_unlawful_only_the_truth_is_planted(pool: Case) -> None:
    with pytest.raises(LeaktraceError, match=r"反洗钱法.*true registrant.*--true-registrant"):
        plant(pool, ToPlant("N1", "S03", DAY, DONE))
    true = Circumstances(by="李", authorised_by="王", true_registrant=True)
    plant(pool, ToPlant("N1", "S03", DAY, true))
    assert said(pool)[0]["true_registrant"] is True
    # Its number is for that one filing, whichever comes first.
    assert refused(pool, ToPlant("N1", "S01", DAY, DONE, shared=True)) == "own-number"
    plant(pool, ToPlant("N2", "S01", DAY, DONE, shared=True))
    assert refused(pool, ToPlant("N2", "S03", DAY, true, shared=True)) == "own-number"


def test_a_control_is_never_planted_and_a_planted_number_is_none(
    pool: Case, worker: Worker, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("number_id,source_id,lawful\nN1,S01,\nN2,,\nN3,,\nN7,,\n", encoding="utf-8")
    outcome = plant_controls(pool, plan, worker=worker)
    assert (outcome.added, [one.code for one in outcome.refused]) == (2, ["not-free"])
    assert states(pool)["N2"].code == "control"
    assert refused(pool, ToPlant("N2", "S01", DAY, DONE)) == "control"
    assert refused(pool, ToPlant("N3", "S01", DAY, DONE, canary="C1")) == "in-use"
    plant(pool, ToPlant("N1", "S01", DAY, DONE))
    assert refused(pool, ToPlant("N1", None, Moment(0.0, 0.0, ""))) == "in-use"
    assert plant_controls(pool, plan, worker=worker).unchanged == 2


def sheet(case: Case, folder: Path, lines: list[PlannedPlanting], **cells: str) -> Path:
    """The sheet for ``lines``, with ``cells`` filled in, as whoever planted sends it back."""
    known = {one.id: SheetSource(one.name, one.kind, lawful_reason(one)) for one in case.sources()}
    values = {f"N{one}": VALUE.format(one) for one in range(1, 8)}
    raw = sheet_csv(sheet_rows(lines, seed=1, sources=known, values=values, unissued_ids=True))
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    for title, text in cells.items():
        column = next(i for i, one in enumerate(rows[0]) if one.endswith(title.replace("_", " ")))
        for row in rows[1:]:
            row[column] = text
    path = folder / "sheet.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_sheet_is_taken_as_it_comes_back(pool: Case, worker: Worker, tmp_path: Path) -> None:
    lines = [
        PlannedPlanting("N1", "S01"), PlannedPlanting("N2", "S02"), PlannedPlanting("N3", "S03"),
        PlannedPlanting("N4", None),
    ]  # fmt: skip
    waiting = plant_sheet(pool, sheet(pool, tmp_path, lines), worker=worker)
    assert (waiting.added, waiting.waiting, waiting.refused) == (0, 3, ())
    path = sheet(pool, tmp_path, lines, Planted_at="2026/6/1", Planted_by="'=李")
    nobody = plant_sheet(pool, path, worker=worker)
    assert {one.code for one in nobody.refused} == {"no-authority"}
    outcome = plant_sheet(pool, path, authorised_by="王", worker=worker)
    assert (outcome.added, outcome.refused, outcome.warnings) == (3, (), ())
    one, two, three = said(pool)
    assert (one["channel"], two["channel"], three["channel"]) == ("counter", "counter", "sms-reply")
    assert (one["canary"], one["by"], one["authorised_by"]) == ("N1", "=李", "王")
    marks = one["marks"]
    assert isinstance(marks, dict)
    assert set(marks) == {
        "name", "address", "road", "employer", "layout", "loan", "unissued_id",
    }  # fmt: skip
    assert len(marks_told(marks)) == 5 and marks["address"].find(marks["road"]) == 0
    assert taken_marks(pool) >= set(marks_told(marks))
    # Of a true registrant nothing is kept but that there was one.
    assert (three["true_registrant"], three["marks"]) == (True, {})
    assert three["identity"] == {"mobile": VALUE.format(3)}
    again = plant_sheet(pool, path, authorised_by="王", worker=worker)
    assert (again.added, again.unchanged) == (0, 3)


def test_a_number_that_the_sheet_gives_to_several_sources_is_one_canary(
    pool: Case, worker: Worker, tmp_path: Path
) -> None:
    lines = [PlannedPlanting("N1", "S01"), PlannedPlanting("N1", "S02")]
    path = sheet(pool, tmp_path, lines, Planted_at="2026-06-01", Planted_by="李")
    outcome = plant_sheet(pool, path, authorised_by="王", worker=worker)
    assert (outcome.added, outcome.warnings) == (2, ())
    (canary,) = pool.canaries()
    assert [one.source for one in canary.plantings] == ["S01", "S02"]
    assert pool.reveal_canary("N1") == {"mobile": VALUE.format(1)}
    one, two = (record["marks"] for record in said(pool))
    assert isinstance(one, dict) and isinstance(two, dict) and one["name"] != two["name"]


@pytest.mark.parametrize(
    ("text", "code"),
    [(one, one) for one in CHANNELS]
    + [
        ("年报 annual report", "annual-report"),
        ("短信回复 reply to a text message", "sms-reply"),
        ("400电话 400 call", "400-call"),
        ("营业厅 counter", "counter"),
        ("应用 app", "app"),
        ("表单 form", "form"),
        ("a fax", "other"),
        (" ", ""),
    ],
)
def test_channels_are_known_by_code_and_in_words(text: str, code: str) -> None:
    assert channel_code(text) == code


def test_evidence_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        evidence_sha256(tmp_path / "gone")


def test_the_command_records_one_and_many(pool: Case, run_here: Run, tmp_path: Path) -> None:
    here = ("-C", pool.folder, "canary", "plant")
    who = ("--by", "李", "--authorised-by", "王")
    (tmp_path / "shot").write_bytes(b"x")
    done = run_here(
        *here, "N1", "S01", *who, "--at", "2026-06-01", "--channel", "app", "--evidence", "shot",
        "--mark", "loan=123400", "--name", "顾远昶",
    )  # fmt: skip
    assert done.returncode == 0 and "canary commit" in done.stderr.decode(), done.stderr
    bank = run_here(*here, "N2", "S03", *who, "--at", "2026-06-01")
    assert bank.returncode == 1 and "反洗钱法" in bank.stderr.decode()
    told = run_here(*here, "N2", "S03", *who, "--at", "2026-06-01", "--true-registrant", "--json")
    document = json.loads(told.stdout)
    assert (document["added"], document["canary"], document["lawful"]) == (1, "N2", "bank")
    path = sheet(pool, tmp_path, [PlannedPlanting("N3", "S02")], Planted_at="2026-06-01")
    many = run_here(*here, "--sheet", path, *who, "--json")
    assert json.loads(many.stdout)["added"] == 1
    for wrong in (
        (), ("N4",), ("N4", "S01", "--sheet", path), ("N4", "S01", *who, "--channel", "fax"),
        ("N4", "S01", *who, "--at", "then"), ("N4", "S01", *who, "--mark", "loan"),
    ):  # fmt: skip
        assert run([str(one) for one in (*here, *wrong)]) == 2


def test_a_control_is_not_silent_before_it_was_made_one(pool: Case, tmp_path: Path) -> None:
    table = write_table(tmp_path / "PLAN.csv", "number_id,source_id", ("N2", ""))
    assert plant_controls(pool, table).added == 1
    # Its number was free until today.
    assert roll_entry(pool, "N2", DAY).state.code == "control"
    assert roll_entry(pool, "N2").state.code == "control"


def test_a_sheet_says_all_but_who_planted(pool: Case, run_here: Run, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("number_id,source_id,planted_at\n", "utf-8")
    command = ("-C", pool.folder, "canary", "plant", "--sheet", "s.csv")
    for more in (("--at", "2026-06-01"), ("--true-registrant",), ("--mark", "loan=1")):
        done = run_here(*command, *more)
        assert done.returncode == 2 and b"the table says all" in done.stderr


def test_two_plans_made_side_by_side_share_no_persona(
    pool: Case, worker: Worker, tmp_path: Path
) -> None:
    given = {"Planted_at": "2026-06-01", "Planted_by": "李"}
    for folder, line in (("a", ("N1", "S01")), ("b", ("N2", "S02"))):
        (tmp_path / folder).mkdir()
        path = sheet(pool, tmp_path / folder, [PlannedPlanting(*line)], **given)
        outcome = plant_sheet(pool, path, authorised_by="王", worker=worker)
        assert (outcome.added, outcome.warnings) == (1, ())
    one, two = (set(marks_told(record["marks"])) for record in said(pool))  # type: ignore[arg-type]
    assert len(one) == len(two) == 5 and not one & two


def test_marks_that_another_canary_was_told_are_warned_of(pool: Case) -> None:
    told = Circumstances(by="李", authorised_by="王", marks={"loan": "123400"})
    assert plant(pool, ToPlant("N1", "S01", DAY, told, {"name": "顾远昶"})).warnings == ()
    (warning,) = plant(pool, ToPlant("N2", "S02", DAY, told, {"name": "顾远昶"})).warnings
    assert warning.code == "shared-marks" and "loan, name" in warning.text
    assert "N1" in warning.text and "顾" not in warning.text and "123400" not in warning.text
    other = Circumstances(by="李", authorised_by="王", marks={"loan": "55500"})
    assert plant(pool, ToPlant("N3", "S02", DAY, other)).warnings == ()


@pytest.mark.parametrize(
    ("change", "identity", "named"),
    [
        ({"marks": {"loan": "4000"}}, {}, "loan"),
        ({"marks": {"employer": "某厂"}}, {}, "employer"),
        ({"by": "赵"}, {}, "by"),
        ({"authorised_by": "赵"}, {}, "authorised-by"),
        ({"channel": "app"}, {}, "channel"),
        ({"evidence_sha256": "0" * 64}, {}, "evidence"),
        ({"note": "又"}, {}, "note"),
        ({"true_registrant": True}, {}, "true-registrant"),
        ({}, {"name": "李四"}, "name"),
    ],
)
def test_a_record_is_never_said_to_be_unchanged_when_told_otherwise(
    pool: Case, change: dict[str, object], identity: dict[str, str], named: str
) -> None:
    told = Circumstances("form", by="李", authorised_by="王", marks={"loan": "3000"})
    plant(pool, ToPlant("N1", "S01", DAY, told, {"name": "张三"}))
    again = ToPlant("N1", "S01", DAY, replace(told, **change), identity)  # type: ignore[arg-type]
    with pytest.raises(LeaktraceError) as refusal:
        plant(pool, again)
    assert refusal.value.code == "changed-planting"
    assert f"recorded otherwise: {named};" in str(refusal.value)
    # What is not said again is not taken back.
    assert plant(pool, ToPlant("N1", "S01", DAY)).unchanged == 1
    assert plant(pool, ToPlant("N1", "S01", DAY, told, {"name": " 张三"})).unchanged == 1


def test_a_line_of_a_sheet_that_was_changed_is_refused(
    pool: Case, worker: Worker, tmp_path: Path
) -> None:
    lines = [PlannedPlanting("N1", "S01"), PlannedPlanting("N2", "S02")]
    given = {"Planted_at": "2026-06-01", "Planted_by": "李"}
    path = sheet(pool, tmp_path, lines, **given)
    assert plant_sheet(pool, path, authorised_by="王", worker=worker).added == 2
    path = sheet(pool, tmp_path, lines, **given, Name="张三")
    again = plant_sheet(pool, path, authorised_by="王", worker=worker)
    assert [one.code for one in again.refused] == ["changed-planting"] * 2
    assert all("otherwise: name;" in one.reason for one in again.refused)
