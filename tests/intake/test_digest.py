"""The digest of a file's bytes."""

import hashlib

import pytest

from leaktrace.errors import InputRefused
from leaktrace.intake.digest import sha256_of


def test_digest_and_size(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 3_000_001)
    assert sha256_of(path) == (hashlib.sha256(b"x" * 3_000_001).hexdigest(), 3_000_001)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputRefused) as refused:
        sha256_of(tmp_path / "none.csv")
    assert refused.value.code == "missing"
