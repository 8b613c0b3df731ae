"""Time stamps (RFC 3161) against an authority of the test's own, run by the openssl command."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.canary.proving import (
    add_stamp,
    check_stamp,
    commit,
    load_authorities,
    planting_checks,
    read_answer,
    read_commitments,
    request_of,
)
from leaktrace.canary.proving.signatures import leads_to, signed_by
from leaktrace.canary.proving.stamps import read_token
from leaktrace.case import Case
from leaktrace.cli.main import run
from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.intake.worker import Worker
from tests.canary.proving.conftest import Stamp, add

DIGEST = hashlib.sha256(b"a commitment").hexdigest()


def test_openssl_reads_the_request_as_it_was_meant(authority: Path) -> None:
    (authority / "ours.tsq").write_bytes(request_of(DIGEST))
    told = subprocess.run(
        ["openssl", "ts", "-query", "-in", "ours.tsq", "-text"],
        cwd=authority,
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert "Hash Algorithm: sha256" in told and "Certificate required: yes" in told
    digits = "".join(line[11:60] for line in told.splitlines() if line[4:5].isdigit())
    found = "".join(one for one in digits if one in "0123456789abcdef")
    assert DIGEST in found


def test_a_stamp_is_signed_and_leads_to_its_authority(authority: Path, stamp: Stamp) -> None:
    answer = stamp(request_of(DIGEST))
    found = check_stamp(answer, DIGEST)
    assert (found.code, found.authority, found.good) == ("signed", "CN=stamper", True)
    at = datetime.fromisoformat(found.at)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=5)
    root = load_authorities(authority / "root.pem")
    stamper = load_authorities(authority / "stamper.pem")
    assert check_stamp(answer, DIGEST, root).code == "trusted"
    assert check_stamp(answer, DIGEST, stamper).code == "trusted"


@pytest.mark.parametrize(
    ("signer", "options"),
    [
        ("curve", ()),
        ("curve", ("-sha384",)),
        ("stamper", ("-sha512",)),
        ("stamper", ("-token_out",)),
    ],
)
def test_stamps_of_other_keys_hashes_and_forms_are_read(
    authority: Path, stamp: Stamp, signer: str, options: tuple[str, ...]
) -> None:
    answer = stamp(request_of(DIGEST), signer, *options)
    found = check_stamp(answer, DIGEST, load_authorities(authority / "root.pem"))
    assert (found.code, found.authority) == ("trusted", f"CN={signer}")


def test_a_stamp_of_something_else_or_by_somebody_else_is_told(
    stamp: Stamp, tmp_path: Path
) -> None:
    answer = stamp(request_of(DIGEST))
    other = hashlib.sha256(b"another").hexdigest()
    assert check_stamp(answer, other).code == "other-digest"
    strangers = load_authorities(_stranger(tmp_path))
    found = check_stamp(answer, DIGEST, strangers)
    assert (found.code, found.good) == ("unknown-authority", False)


def test_a_certificate_that_is_not_for_stamps_vouches_for_none(authority: Path) -> None:
    root, stamper, server = (
        load_authorities(authority / f"{name}.pem") for name in ("root", "stamper", "server")
    )
    now = datetime.now(UTC)
    assert leads_to(stamper[0], [], root, now)
    assert leads_to(stamper[0], root, root, now)
    assert not leads_to(server[0], [], root, now)
    assert not leads_to(root[0], [], root, now)
    assert not leads_to(stamper[0], [], server, now)
    assert not leads_to(stamper[0], [], root, now + timedelta(days=99))


def test_only_the_certificate_that_the_stamp_names_has_signed_it(
    authority: Path, stamp: Stamp
) -> None:
    token = read_token(stamp(request_of(DIGEST)))
    assert token is not None
    (stamper,), (twin,) = (
        load_authorities(authority / f"{name}.pem") for name in ("stamper", "twin")
    )
    assert signed_by(token)[0] == stamper
    der = (twin.public_bytes(Encoding.DER),)
    assert signed_by(replace(token, certificates=der))[0] is None


def test_no_changed_byte_of_a_stamp_is_trusted(authority: Path, stamp: Stamp) -> None:
    answer = stamp(request_of(DIGEST))
    root = load_authorities(authority / "root.pem")
    good = check_stamp(answer, DIGEST, root)
    token = read_token(answer)
    assert token is not None and good.code == "trusted"
    signed = [answer.find(part) for part in (token.info, token.signer.parts()[5].body)]
    inside = {
        *range(signed[0], signed[0] + len(token.info)),
        *range(signed[1], signed[1] + 256),
    }
    for place in sorted({*range(0, len(answer), 7), *inside}):
        changed = bytearray(answer)
        changed[place] ^= 1
        found = check_stamp(bytes(changed), DIGEST, root)
        # What nothing signs (a status, a certificate that is not needed) may change nothing.
        assert not found.good or (found == good and place not in inside), place


def test_every_cut_stamp_is_refused_without_an_accident(stamp: Stamp) -> None:
    answer = stamp(request_of(DIGEST))
    for length in range(0, len(answer), 11):
        assert not check_stamp(answer[:length], DIGEST).good


@given(st.binary(max_size=60))
def test_any_bytes_are_looked_at_without_an_accident(raw: bytes) -> None:
    assert check_stamp(raw, DIGEST).code in ("unreadable", "rejected")


def test_a_refusal_of_the_authority_is_told() -> None:
    refusal = bytes.fromhex("30053003020102")
    assert check_stamp(refusal, DIGEST).code == "rejected"


def test_a_stamp_is_kept_with_its_commitment(
    planted: Case, authority: Path, stamp: Stamp, worker: Worker, tmp_path: Path
) -> None:
    first = commit(planted).commitment
    answer = stamp(request_of(first.digest))
    add(planted, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    second = commit(planted).commitment
    with pytest.raises(LeaktraceError, match="does not lead to an authority"):
        add_stamp(planted, answer, load_authorities(_stranger(tmp_path)))
    found, checked = add_stamp(planted, answer, load_authorities(authority / "root.pem"))
    assert (found.number, found.digest, checked.code) == (1, first.digest, "trusted")
    assert [one.stamp for one in read_commitments(planted.ledger)] == [answer, None]
    runs = len(planted.runs())
    add_stamp(planted, answer)
    assert len(planted.runs()) == runs
    with pytest.raises(LeaktraceError, match="has a time stamp already"):
        add_stamp(planted, stamp(request_of(first.digest)))
    with pytest.raises(LeaktraceError, match="of none of this case's"):
        add_stamp(planted, stamp(request_of(DIGEST)))
    with pytest.raises(LeaktraceError, match="no time stamp with"):
        add_stamp(planted, b"nothing")
    add_stamp(planted, stamp(request_of(second.digest)))
    assert {check.state for check in planting_checks(planted)} == {"same"}


def test_files_that_hold_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"-----BEGIN nothing")
    with pytest.raises(InputRefused, match="cannot be read"):
        load_authorities(tmp_path / "x")
    with pytest.raises(InputRefused, match="cannot be read"):
        read_answer(tmp_path / "gone")
    (tmp_path / "big").write_bytes(bytes((1 << 20) + 1))
    with pytest.raises(InputRefused, match="too large"):
        read_answer(tmp_path / "big")


def test_the_commands_ask_for_a_stamp_keep_it_and_check_it(
    planted: Case,
    authority: Path,
    stamp: Stamp,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    root = ("--authority", str(authority / "root.pem"))

    def said(*arguments: str) -> tuple[int, str, str]:
        status = run(["-C", str(planted.folder), "canary", *arguments])
        out, error = capfd.readouterr()
        return status, out, error

    assert said("commit", "--stamp-request", "r.tsq")[0] == 0
    (tmp_path / "a.tsr").write_bytes(stamp((tmp_path / "r.tsq").read_bytes()))
    status, out, _error = said("commit", "--stamp", "a.tsr")
    assert status == 0 and "was not checked" in out
    told = json.loads(said("commit", "--stamp", "a.tsr", *root, "--json")[1])
    assert (told["status"], told["stamp"]["code"]) == ("stamped", "trusted")
    assert said("commit", "--stamp", "a.tsr", "--stamp-request", "s.tsq")[0] == 2
    assert said("commit", "--stamp", "r.tsq")[0] == 1
    assert said("prove", "C001", "--out", "p.json", "--yes")[0] == 0
    status, out, _error = said("check", "p.json", *root)
    assert status == 0 and "by CN=stamper, which you trust" in out
    status, _out, error = said("check", "p.json", "--authority", str(_stranger(tmp_path)))
    assert status == 1 and "time stamp" in error


def _stranger(folder: Path) -> Path:
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days 9 "
        "-subj /CN=stranger"
    )
    subprocess.run(command.split(), cwd=folder, capture_output=True, check=True)
    return folder / "other.pem"
