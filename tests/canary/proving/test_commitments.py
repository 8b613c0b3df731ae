"""Commitments: what they are of, and what shows against them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from leaktrace.canary.proving import commit, planting_checks, read_commitments
from leaktrace.canary.proving.commitments import commitment_in
from leaktrace.canary.proving.merkle import root_of
from leaktrace.canary.proving.records import read_leaves
from leaktrace.case import Case, chain_head
from leaktrace.errors import LeaktraceError
from leaktrace.intake.worker import Worker
from tests.canary.proving.conftest import add


def test_a_commitment_is_the_root_the_number_and_the_link(planted: Case) -> None:
    link = chain_head(planted.ledger)
    outcome = commit(planted)
    made = outcome.commitment
    assert (outcome.status, outcome.completed, made.number, made.plantings) == ("added", 0, 1, 5)
    assert made.root == root_of(read_leaves(planted.ledger)).hex()
    assert made.ledger == link
    assert made.digest == hashlib.sha256(made.text.encode("ascii")).hexdigest()
    assert set(json.loads(made.text)) == {"form", "case", "at", "plantings", "root", "ledger"}
    assert commitment_in(made.text).text == made.text
    assert read_commitments(planted.ledger) == (made,)


def test_committing_again_changes_nothing_until_something_was_planted(
    planted: Case, worker: Worker, tmp_path: Path
) -> None:
    first = commit(planted).commitment
    runs = len(planted.runs())
    again = commit(planted)
    assert (again.status, again.commitment, len(planted.runs())) == ("unchanged", first, runs)
    add(planted, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    later = commit(planted)
    assert (later.status, later.commitment.number) == ("added", 2)
    assert {check.state for check in planting_checks(planted)} == {"same"}


def test_without_plantings_there_is_nothing_to_commit_to(case: Case) -> None:
    with pytest.raises(LeaktraceError, match="leaktrace canary plant"):
        commit(case)
    assert case.runs() == ()


def test_a_published_digest_is_looked_for(planted: Case) -> None:
    digest = commit(planted).commitment.digest
    (good,) = [one for one in planting_checks(planted, [digest]) if one.part == "published"]
    assert (good.state, good.code) == ("same", "")
    (bad,) = [one for one in planting_checks(planted, ["0" * 64]) if one.part == "published"]
    assert (bad.state, bad.code, bad.place) == ("differs", "not-committed", "0" * 64)


@pytest.mark.parametrize(
    "said",
    [
        "[]",
        "nothing",
        '{"form": "another"}',
        '{"form": "leaktrace commitment 1", "plantings": true, "root": "00"}',
        '{"form": "leaktrace commitment 1", "plantings": 1, "root": "00"}',
        '{"form": "leaktrace commitment 1", "plantings": 0, "root": "' + "0" * 64 + '"}',
    ],
)
def test_another_text_is_no_commitment(said: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        commitment_in(said)
