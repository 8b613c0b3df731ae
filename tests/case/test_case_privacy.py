"""Nothing that a case folder holds gives anybody away."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.canary import import_plantings
from leaktrace.case import Case, attach_reference, import_sources, ingest
from leaktrace.intake.worker import Worker
from tests.case.case_data import people, write_list, write_table

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
SECRETS = (
    "滨江售楼处小周",
    "02158761234",
    "老王的备注",
    "卖家阿三",
    "某路七号",
    "canary@example.org",
)


@pytest.fixture
def filled(case: Case, worker: Worker, tmp_path: Path) -> tuple[Case, list[str]]:
    listed, referred, planted = people(60, 1), people(60, 2), people(3, 3)
    sources = write_table(
        tmp_path / "SOURCES.csv",
        "id,name,kind,population,own_numbers,note",
        ("S01", SECRETS[0], "agency", "100", SECRETS[1], SECRETS[2]),
    )
    plantings = write_table(
        tmp_path / "PLANTINGS.csv",
        "canary_id,source_id,planted_at,name,mobile,id_number,email,address",
        *(
            (f"C{at}", "S01", "2026-03-01", *one, SECRETS[5] if at == 0 else "", SECRETS[4])
            for at, one in enumerate(planted)
        ),
        (f"C{planted[0][1]}", "S01", "2026-03-01", "", planted[0][1], "", "", ""),
        ("C8", "S01", "2026-13-01", *planted[0], "", ""),
        ("C9", "S01", "2026-03-01", "", planted[0][1][:9], "", "", ""),
    )
    named = f"{listed[0][0]}{listed[0][1]}"
    write_list(tmp_path / f"{named}.csv", [*listed, planted[0]])
    # Without a header, so that the first person might be taken for one.
    bare = tmp_path / "bare.csv"
    bare.write_bytes("".join(",".join(row) + "\n" for row in listed[:9]).encode())
    manifest = write_table(
        tmp_path / "BATCHES.csv",
        "file,batch_id,seen_at,seller,note",
        (f"{named}.csv", "B1", "2026-04-01", SECRETS[3], SECRETS[2]),
        (f"{named}.csv", listed[1][1], "2026-04-01", SECRETS[3], ""),
    )
    said = [import_sources(case, sources, worker=worker)]
    said.append(import_plantings(case, plantings, worker=worker))
    said.append(ingest(case, manifest=manifest, worker=worker))
    said.append(ingest(case, [tmp_path / f"{named}.csv", bare], worker=worker))
    reference = write_list(tmp_path / f"客户{referred[0][1]}.csv", referred)
    said.append(attach_reference(case, "S01", reference, worker=worker))
    identifiers = [text for row in (*listed, *referred, *planted) for text in row[1:]]
    shown = repr(said) + repr(case.batches()) + repr(case.references()) + repr(case.canaries())
    return case, [*identifiers, shown]


def test_no_file_of_the_case_holds_an_identifier(
    filled: tuple[Case, list[str]], keys: Path
) -> None:
    case, (*identifiers, _) = filled
    files = [path for path in case.folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    numbers = [number for number in identifiers if number.isdigit()]
    for path in files:
        content = path.read_bytes()
        for text in (*identifiers, *SECRETS, case.key.secret.hex()):
            for encoding in ENCODINGS:
                assert text.encode(encoding) not in content, path.name
        for number in numbers:
            # Nor as a binary number, as columnar files would hold one.
            if len(number) == 11:
                assert int(number).to_bytes(8, "little") not in content, path.name
        assert not any(text in path.name for text in identifiers)


def test_what_is_shown_holds_no_identifier(filled: tuple[Case, list[str]]) -> None:
    _, (*identifiers, shown) = filled
    for text in identifiers:
        assert text not in shown
    assert "****" in shown


def test_the_hash_of_the_original_stands_nowhere_in_plain(
    filled: tuple[Case, list[str]],
) -> None:
    # The SHA-256 of a list of one number gives the number away to whoever tries them all.
    case, _ = filled
    digests = [batch.sha256 for batch in case.batches()]
    digests += [reference.sha256 for reference in case.references()]
    for path in case.folder.rglob("*"):
        for digest in digests:
            assert digest not in path.name
            if path.is_file():
                content = path.read_bytes()
                assert digest.encode() not in content and bytes.fromhex(digest) not in content
