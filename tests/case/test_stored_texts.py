"""Warnings and reasons in the ledger: kept as messages, worded for whoever opens the case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leaktrace.canary import import_plantings
from leaktrace.case import Case, import_sources, ingest, open_case, sealing
from leaktrace.case.chain import chain_faults
from leaktrace.case.custody import custody_records
from leaktrace.case.custodybook import RECORD
from leaktrace.case.records import SOURCE_KINDS
from leaktrace.case.sourcekinds import allowed_kinds, chinese_kinds
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.worker import Worker
from leaktrace.messages import Message, choose_language
from leaktrace.times import read_moment
from tests.case.case_data import people, write_list, write_table

_ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [a-z]+){3,}")
PHONE = "13912345678"


def fill(case: Case, worker: Worker, folder: Path) -> None:
    """Warnings and refusals of every kind."""
    header = "id,name,kind,population"
    lines = (("S1", "甲", "spa", ""), ("S2", "乙", "agency", ""))
    sources = write_table(folder / "SOURCES.csv", header, *lines)
    import_sources(case, sources, worker=worker)
    header = "canary_id,source_id,planted_at,mobile"
    plantings = write_table(
        folder / "PLANTINGS.csv", header,
        ("C1", "S1", "2024-01-01", "15083746251"), ("C1", "S2", "2024-02-01", "15083746251"),
        ("C2", "S2", "2024-02-01", "15083746251"),
    )  # fmt: skip
    import_plantings(case, plantings, worker=worker)
    rows = people(8)
    good = write_list(folder / "good.csv", rows)
    (folder / f"{PHONE}.csv").write_bytes(bytes(range(256)) * 9)
    odd = write_table(folder / "odd.csv", "姓名,手机号", *((row[0], row[1]) for row in rows))
    later = write_list(folder / "later.csv", people(6, seed=2))
    manifest = write_table(
        folder / "BATCHES.csv", "file,batch_id,seen_at", ("x.csv", "B1", "never")
    )
    ingest(case, [good], worker=worker)
    ingest(case, [folder / f"{PHONE}.csv"], worker=worker)
    ingest(case, [odd], mapping={"9": "mobile"}, worker=worker)
    ingest(case, [later], seen_at=read_moment("2999-01-01"), worker=worker)
    ingest(case, manifest=manifest, worker=worker)


def texts(folder: Path, language: str) -> dict[str, str]:
    """Every text that the case keeps, by its code."""
    choose_language(language)
    with open_case(folder) as case:
        assert chain_faults(case.ledger, case.key) == []
        said = {one.code: one.text for one in case.warnings()}
        said |= {one.code: one.reason for one in custody_records(case) if one.reason}
    return said


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    choose_language("en")


@pytest.mark.parametrize(("before", "after"), [("en", "zh"), ("zh", "en")])
def test_all_that_is_kept_is_worded_in_the_language_asked_for(
    case: Case, worker: Worker, folder: Path, tmp_path: Path, before: str, after: str
) -> None:
    choose_language(before)
    fill(case, worker, tmp_path)
    said = texts(folder, after)
    assert said.keys() >= {
        "unknown-kind", "several-sources", "shared-identifier", "seen-now", "future", "binary",
        "mapping", "date",
    }  # fmt: skip
    for text in said.values():
        assert isinstance(text, Message)
        assert bool(_ENGLISH.search(text)) == (after == "en"), text
    known = chinese_kinds() if after == "zh" else ", ".join(SOURCE_KINDS)
    assert known == allowed_kinds() and known in said["unknown-kind"]


def test_an_old_case_shows_its_texts_as_they_are(
    case: Case, worker: Worker, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(sealing, "stored", lambda value: value)
        fill(case, worker, tmp_path)
    said = texts(folder, "zh")
    assert said == texts(folder, "en") and all(_ENGLISH.search(text) for text in said.values())
    assert not any(isinstance(text, Message) for text in said.values())


def test_no_identifier_stands_in_what_is_kept_of_a_text(
    case: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(case, worker, tmp_path)
    monkeypatch.setattr(sealing, "worded", lambda found: found)
    kept: list[Any] = [
        case.sealer.open(row[0], RECORD).get("reason")
        for row in case.ledger.execute("SELECT record_sealed FROM custody")
    ]
    kept += [
        case.sealer.open(row[0], "warnings.text")
        for row in case.ledger.execute("SELECT text_sealed FROM warnings")
    ]
    text = json.dumps(kept, ensure_ascii=False)
    assert '"msgid"' in text and mask_text(PHONE) in text
    assert PHONE not in text and "15083746251" not in text
