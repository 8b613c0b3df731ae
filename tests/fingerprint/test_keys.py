"""Keys and their files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.fingerprint.keys import Key, load_key


def test_a_key_comes_back_from_its_file(tmp_path: Path) -> None:
    key = Key.new()
    key.save(tmp_path / "a.key")
    assert load_key(tmp_path / "a.key") == key


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    Key.new().save(tmp_path / "a.key")
    assert (tmp_path / "a.key").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    Key.new().save(tmp_path / "a.key")
    before = (tmp_path / "a.key").read_bytes()
    with pytest.raises(LeaktraceError) as error:
        Key.new().save(tmp_path / "a.key")
    assert error.value.code == "exists"
    assert (tmp_path / "a.key").read_bytes() == before


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    key = Key.new()
    key.save(tmp_path / "a.key")
    text = (tmp_path / "a.key").read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / "b.key").write_bytes(b"\xef\xbb\xbf" + text)
    assert load_key(tmp_path / "b.key") == key


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 500, b"13800000001\n" * 100, b"key"])
def test_what_is_no_key_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.key").write_bytes(content)
    with pytest.raises(InputRefused) as error:
        load_key(tmp_path / "a.key")
    assert error.value.code == "not-a-key"
    assert "\n" not in error.value.message


def test_a_wrong_digit_is_noticed(tmp_path: Path) -> None:
    Key(bytes(32)).save(tmp_path / "a.key")
    text = (tmp_path / "a.key").read_text(encoding="ascii").replace("0000000", "0000001", 1)
    (tmp_path / "b.key").write_text(text, encoding="ascii")
    with pytest.raises(InputRefused) as error:
        load_key(tmp_path / "b.key")
    assert error.value.code == "damaged"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as error:
        load_key(tmp_path / "none.key")
    assert error.value.code == "missing"


def test_the_secret_shows_nowhere() -> None:
    key = Key(b"0123456789abcdef" * 2)
    assert "0123456789abcdef" not in repr(key)
    assert key.fingerprint not in (key.secret.hex(), key.derive("tokens").hex())


def test_purposes_have_keys_of_their_own() -> None:
    key = Key(bytes(32))
    assert key.derive("a") != key.derive("b")
    assert key.derive("a") == Key(bytes(32)).derive("a")


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Key(b"short")
