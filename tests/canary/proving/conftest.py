"""A case with plantings, for what is proven of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from leaktrace.canary import import_plantings
from leaktrace.case import Case, import_sources
from leaktrace.intake.worker import Worker
from tests.case.case_data import write_table

PLANTINGS = "canary_id,source_id,planted_at,mobile,name"
LINES = (
    ("C001", "S01", "2026-03-01", "13761234091", "白晨曦"),
    ("C002", "S02", "2026-03-02 09:30", "13761234092", "赵青"),
    ("C003", "", "", "13761234093", ""),
    ("C004", "S01", "2026-03-04", "13761234094", ""),
    ("C004", "S02", "2026-03-05", "13761234094", ""),
)
AUTHORITY = """
[req]
distinguished_name = name
prompt = no
[name]
CN = made-up authority
[stamper]
extendedKeyUsage = critical,timeStamping
[server]
extendedKeyUsage = critical,serverAuth
[curve]
extendedKeyUsage = critical,timeStamping
[twin]
extendedKeyUsage = critical,timeStamping
[root]
basicConstraints = critical,CA:true
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""

Stamp = Callable[..., bytes]


@pytest.fixture
def planted(case: Case, worker: Worker, tmp_path: Path) -> Case:
    sources = write_table(
        tmp_path / "SOURCES.csv",
        "id,name,kind,population",
        ("S01", "某中介", "agency", "9"),
        ("S02", "某诊所", "dental", "9"),
    )
    assert import_sources(case, sources, worker=worker).added == 2
    add(case, worker, tmp_path, *LINES)
    return case


def add(case: Case, worker: Worker, folder: Path, *lines: tuple[str, ...]) -> None:
    """Take in further plantings."""
    table = write_table(folder / "PLANTINGS.csv", PLANTINGS, *lines)
    assert import_plantings(case, table, worker=worker).added == len(lines)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``openssl ts`` can stamp: a root, and a stamper that it vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "conf").write_text(AUTHORITY, encoding="ascii")
    (folder / "serial").write_text("01\n", encoding="ascii")
    for name in ("root", "stamper", "server", "twin", "curve"):
        signed = "-signkey root.key" if name == "root" else "-CA root.pem -CAkey root.key"
        if name == "twin":
            # Another certificate of the stamper's own key.
            shutil.copyfile(folder / "stamper.key", folder / "twin.key")
        elif name == "curve":
            _openssl(folder, "ecparam -name prime256v1 -genkey -noout -out curve.key")
        else:
            _openssl(folder, f"genrsa -out {name}.key 2048")
        _openssl(folder, f"req -new -config conf -key {name}.key -out {name}.csr -subj /CN={name}")
        _openssl(
            folder,
            f"x509 -req -in {name}.csr -days 9 -out {name}.pem -extfile conf -extensions {name} "
            f"-set_serial {ord(name[1])} {signed}",
        )
    return folder


@pytest.fixture
def stamp(authority: Path) -> Stamp:
    """What the authority answers to a request, with its chain."""

    def answer(request: bytes, signer: str = "stamper", *options: str) -> bytes:
        (authority / "request.tsq").write_bytes(request)
        _openssl(
            authority,
            f"ts -reply -config conf -queryfile request.tsq -signer {signer}.pem "
            f"-inkey {signer}.key -chain root.pem -out answer.tsr {' '.join(options)}",
        )
        return (authority / "answer.tsr").read_bytes()

    return answer


def _openssl(folder: Path, arguments: str) -> None:
    done = subprocess.run(
        ["openssl", *arguments.split()], cwd=folder, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
