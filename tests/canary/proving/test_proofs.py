"""Proofs: one planting opened, checked with nothing but the file, and found out where changed."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leaktrace.canary.proving import (
    add_stamp,
    check_proof,
    commit,
    load_authorities,
    prove,
    request_of,
    write_new,
    write_proof,
)
from leaktrace.case import Case
from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.worker import Worker
from tests.canary.proving.conftest import Stamp, add


@pytest.fixture
def file(planted: Case, worker: Worker, tmp_path: Path) -> Path:
    """A proof with two commitments in it."""
    commit(planted)
    add(planted, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    commit(planted)
    write_proof(prove(planted, "C002"), tmp_path / "proof.json")
    return tmp_path / "proof.json"


def faults(path: Path, change: Callable[[dict[str, Any]], object]) -> tuple[str, ...]:
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    changed = path.with_name("changed.json")
    changed.write_text(json.dumps(document), encoding="utf-8")
    return check_proof(changed).faults


def test_a_proof_opens_one_planting_and_no_other(file: Path, planted: Case) -> None:
    found = check_proof(file)
    assert found.holds and (found.stamp, found.published) == (None, "")
    assert (found.said["canary"], found.said["source"]) == ("C002", "S02")
    assert found.said["identity"]["mobile"] == "13761234092"
    text = file.read_text(encoding="utf-8")
    for other in ("13761234091", "13761234093", "白晨曦", "C001", "某中介"):
        assert other not in text
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_every_planting_has_a_proof_that_holds(planted: Case, tmp_path: Path) -> None:
    commit(planted)
    for number in range(1, 6):
        path = tmp_path / f"{number}.json"
        write_proof(prove(planted, str(number)), path)
        found = check_proof(path)
        assert found.holds and found.said["planting"] == number


def test_a_canary_in_several_sources_needs_one_named(planted: Case) -> None:
    commit(planted)
    with pytest.raises(LeaktraceError, match="was planted at S01, S02"):
        prove(planted, "C004")
    assert prove(planted, "C004", "S02").said["source"] == "S02"
    with pytest.raises(LeaktraceError, match="was not planted at S03"):
        prove(planted, "C004", "S03")
    with pytest.raises(LeaktraceError, match="no canary"):
        prove(planted, "C077")


def test_what_is_not_committed_cannot_be_proven(
    planted: Case, worker: Worker, tmp_path: Path
) -> None:
    with pytest.raises(LeaktraceError, match="leaktrace canary commit"):
        prove(planted, "C001")
    commit(planted)
    add(planted, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    with pytest.raises(LeaktraceError, match="leaktrace canary commit"):
        prove(planted, "C009")
    commit(planted)
    assert prove(planted, "C009").commitment.number == 2
    assert prove(planted, "C001").commitment.number == 1
    assert prove(planted, "C001", commitment=2).later is None


def test_the_published_digest_is_its_own_or_the_newer_one(file: Path) -> None:
    proof = check_proof(file).proof
    assert proof.later is not None
    assert check_proof(file, digest=proof.commitment.digest).published == "same"
    newer = check_proof(file, digest=proof.later.commitment.digest)
    assert (newer.published, newer.holds) == ("later", True)
    other = check_proof(file, digest="0" * 64)
    assert (other.published, other.faults) == ("differs", ("published",))


def test_a_change_of_any_part_of_a_proof_is_found(file: Path) -> None:
    other = "0" * 64

    def record(document: dict[str, Any]) -> None:
        document["record"] = document["record"].replace("2026-03-02", "2026-03-01")

    assert faults(file, lambda _: None) == ()
    assert faults(file, record) == ("root",)
    assert faults(file, lambda one: one.update(salt=other)) == ("root",)
    assert faults(file, lambda one: one.update(index=0)) == ("root",)
    assert faults(file, lambda one: one["path"].pop()) == ("root",)
    assert faults(file, lambda one: one["later"]["path"].pop()) == ("later",)
    assert faults(file, lambda one: one["later"].update(commitment=one["commitment"])) == ("later",)
    assert "record" in faults(file, lambda one: one.update(record="[]"))
    assert "record" in faults(file, lambda one: one.update(record="{"))
    assert "record" in faults(file, lambda one: one.update(record="{}"))
    assert "record" in faults(file, lambda one: one.update(record="[" * 99_999))


def test_no_changed_byte_of_the_opened_record_passes(file: Path) -> None:
    record = json.loads(file.read_text(encoding="utf-8"))["record"]
    for place in range(len(record)):
        changed = record[:place] + chr(ord(record[place]) ^ 1) + record[place + 1 :]
        assert "root" in faults(file, lambda one, said=changed: one.update(record=said))


def test_another_case_s_record_is_told(file: Path) -> None:
    def rename(document: dict[str, Any]) -> None:
        said = json.loads(document["commitment"])
        said["case"] = "0" * 16
        document["commitment"] = json.dumps(said, sort_keys=True, separators=(",", ":")) + "\n"

    assert "case" in faults(file, rename)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(form="another"),
        lambda one: one.update(index="0"),
        lambda one: one.update(salt="00"),
        lambda one: one.update(stamp="?"),
        lambda one: one.update(path=None),
        lambda one: one.update(later=7),
        lambda one: one.update(commitment=one["commitment"].replace(",", ", ")),
        lambda one: one.pop("commitment"),
    ],
)
def test_what_is_built_otherwise_is_no_proof(
    file: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    with pytest.raises(InputRefused, match="is no proof"):
        faults(file, change)


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        check_proof(tmp_path / "gone.json")
    (tmp_path / "x").write_bytes(b"\xff" + b"[" * 99_999)
    with pytest.raises(InputRefused, match="is no proof"):
        check_proof(tmp_path / "x")
    (tmp_path / "y").write_bytes(b"[" * 99_999)
    with pytest.raises(InputRefused, match="is no proof"):
        check_proof(tmp_path / "y")


def test_nothing_is_overwritten(planted: Case, tmp_path: Path) -> None:
    commit(planted)
    path = tmp_path / "proof.json"
    write_proof(prove(planted, "C001"), path)
    with pytest.raises(LeaktraceError, match="nothing is overwritten"):
        write_proof(prove(planted, "C002"), path)
    with pytest.raises(LeaktraceError, match="cannot be written"):
        write_new(tmp_path / "no" / "where", b"")
    assert check_proof(path).said["canary"] == "C001"


def test_a_stamp_goes_with_the_proof(
    planted: Case, authority: Path, stamp: Stamp, worker: Worker, tmp_path: Path
) -> None:
    commit(planted)
    add(planted, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    second = commit(planted).commitment
    answer = stamp(request_of(second.digest))
    root = load_authorities(authority / "root.pem")
    write_proof(prove(planted, "C001", commitment=2), tmp_path / "bare.json")
    beside = check_proof(tmp_path / "bare.json", stamp=answer, authorities=root)
    assert beside.stamp is not None and beside.stamp.code == "trusted" and beside.holds
    add_stamp(planted, answer)
    # The stamped one is chosen, although it is not the oldest.
    write_proof(prove(planted, "C001"), tmp_path / "stamped.json")
    found = check_proof(tmp_path / "stamped.json", authorities=root)
    assert found.holds and found.stamp is not None and found.stamp.code == "trusted"
    assert found.proof.commitment.digest == second.digest
    other = stamp(request_of("0" * 64))
    assert check_proof(tmp_path / "stamped.json", stamp=other).faults == ("stamp",)
