"""What bad input gets: one line that names the file and the cure, and no identifier."""

from __future__ import annotations

import io
import os
import random
import socket
import sys
import time
import zipfile
from pathlib import Path

import deeds
import pytest
from deeds import MOBILES, read

from leaktrace.errors import InputRefused
from leaktrace.intake import bombs, open_list
from leaktrace.intake.worker import Worker


def refusal_of(path, **named):
    with pytest.raises(InputRefused) as refused:
        read(path, **named)
    error = refused.value
    assert "\n" not in error.message
    assert MOBILES[0] not in error.message + error.file + error.place + repr(error)
    assert path.suffix in error.message
    assert ";" in error.message or "," in error.message  # the cure stands after the reason
    return error.code


def noise(size, low=0):
    source = random.Random(1)
    return bytes(source.randrange(low, 256) for _ in range(size))


BOOK = deeds.workbook([["手机号"], *[[m] for m in MOBILES] * 200])


def sheet_xml(*references):
    cells = "".join(f'<row r="{r[1]}"><c r="{r[0]}{r[1]}"><v>1</v></c></row>' for r in references)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                )
                data = f"{head}<sheetData>{cells}</sheetData></worksheet>".encode()
            new.writestr(name, data)
    return out.getvalue()


def damaged(book, member):
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        info = archive.getinfo(member)
    start = info.header_offset + 30 + len(member) + info.compress_size // 2
    return book[:start] + noise(40) + book[start + 40 :]


def zip_of(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\xef\xbb\xbf \r\n\r\n", "empty"),
        ("long-blank.csv", b"\n" * 200_000, "empty"),
        ("blank-and-nul.csv", b"\0\0\n\n \0", "empty"),
        ("nul.csv", bytes(9), "empty"),
        ("long-nul.csv", bytes(200_000), "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + noise(3000), "binary"),
        ("photo.csv", b"\xff\xd8\xff\xe0" + noise(3000), "binary"),
        ("shot.csv", b"RIFF\x00\x01\x00\x00WEBP" + noise(3000), "binary"),
        ("program.csv", b"\x7fELF" + noise(3000), "binary"),
        ("noise.csv", noise(100_000), "binary"),
        ("cut.xlsx", BOOK[: len(BOOK) // 2], "truncated"),
        ("short.xlsx", BOOK[:40], "truncated"),
        ("damaged.xlsx", damaged(BOOK, "xl/worksheets/sheet1.xml"), "truncated"),
        (
            "koi8.csv",
            ("имя,город\nИванова Анна,Рязань\nПётр Смирнов,Тула\n" * 50).encode("koi8-r"),
            "encoding",
        ),
        ("latin.csv", "name;note\nJosé;Ünïcödé çà\nZoë;naïveté\n".encode("latin-1"), "encoding"),
        ("high.csv", noise(5000, 128).replace(b"\xff", b"\n"), "encoding"),
        ("wide.csv", b",".join(b"c%d" % i for i in range(100_000)) + b"\n", "too-many-columns"),
        ("page.xls", b"<html><body> </body></html>", "empty"),
        ("paper.csv", b"%PDF-1.7\n" + b"x" * 300, "truncated"),
        ("lists.zip", zip_of(a=b"\x89PNG"), "binary"),
        ("lists.csv", b"Rar!\x1a\x07\x01\x00" + noise(50), "truncated"),
        ("far.xlsx", sheet_xml(("A", 1), ("XFD", 1_048_576)), "too-big"),
        ("fairly-far.xlsx", sheet_xml(("A", 1), ("XFD", 3000)), "too-big"),
        ("13912345678.csv", b"", "empty"),
    ],
)
def test_bad_files(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal_of(path) == code


def test_a_workbook_with_a_password(tmp_path):
    path = tmp_path / "secret.xlsx"
    stream = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream + bytes(900))
    assert refusal_of(path) in ("encrypted", "truncated")


def test_a_zip_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(bombs, "MOST_BYTES", 64 << 20)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            piece = b" " * (16 << 20)
            for _step in range(5):
                member.write(piece)
    before = time.monotonic()
    assert refusal_of(path) == "too-big"
    assert time.monotonic() - before < 2


@pytest.mark.parametrize("tail", [b"", b"\n13912345678\n"])
def test_a_single_line_of_300_megabytes(tmp_path, tail):
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        for _step in range(300):
            file.write(b"13912345678," * 87_381)
        file.write(tail)
    before = time.monotonic()
    assert refusal_of(path) in ("too-big", "too-many-columns")
    assert time.monotonic() - before < 10
    path.unlink()


def test_a_long_line_in_the_middle(tmp_path):
    path = tmp_path / "line.csv"
    path.write_bytes(b"13912345678\n" * 1000 + b"x" * (20 << 20) + b"\n13912345678\n")
    assert refusal_of(path) == "too-big"


def test_what_is_no_file(tmp_path):
    assert refusal_of(tmp_path / "none.csv") == "missing"
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    assert refusal_of(folder) == "not-a-file"
    assert refusal_of(tmp_path / "none.csv" / "a.csv") == "missing"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_a_pipe_is_not_waited_on(tmp_path):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    assert refusal_of(path) == "not-a-file"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_what_is_no_file_is_called_what_it_is(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.csv")
    monkeypatch.chdir(tmp_path)  # the address of a socket may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.csv")
        for path, word in (
            (tmp_path / "pipe.csv", "a named pipe"),
            (tmp_path / "socket.csv", "a socket"),
            (Path("/dev/null"), "a device"),
        ):
            with pytest.raises(InputRefused) as refused:
                read(path)
            assert refused.value.code == "not-a-file"
            assert word in refused.value.message and "folder" not in refused.value.message
    with pytest.raises(InputRefused, match="folder"):
        read(tmp_path)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="permissions bind nobody here"
)
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "locked.csv"
    path.write_bytes(b"x")
    path.chmod(0)
    assert refusal_of(path) == "permission"


def test_blank_lines_before_the_list_are_skipped(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"\r\n" * 1_000_000 + b"13912345678\r\n")
    _reading, got = read(path)
    assert got["rows"] == got["identified"] == 1


def test_wide_ragged_rows_do_not_fill_the_memory(tmp_path):
    path = tmp_path / "ragged.csv"
    wide = b"13912345678" + b"," * 3000 + b"\n"
    path.write_bytes(b"a,b\n" * 3000 + wide + b"13912345678,x\n" * 3000)
    _reading, got = read(path, cells=False)
    assert (got["rows"], got["identified"]) == (6001, 3001)


def test_a_text_named_as_a_workbook_is_read_as_text(tmp_path):
    path = tmp_path / "list.xls"
    path.write_text("姓名\t手机号\n张三\t13912345678\n", encoding="gb18030")
    _reading, got = read(path)
    assert got["identified"] == 1


def test_a_page_named_as_a_workbook_is_read_as_a_page(tmp_path):
    path = tmp_path / "list.xls"
    path.write_text(f"<table><tr><td>张三</td><td>{MOBILES[0]}</td></tr></table>", "gb18030")
    _reading, got = read(path)
    assert (got["rows"], got["identified"]) == (1, 1)


def test_through_the_worker_the_same_refusals_come(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with Worker() as worker, pytest.raises(InputRefused) as refused:
        worker.call(open_list, path)
    assert refused.value.code == "empty"


def test_a_picture_is_called_one(tmp_path):
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + noise(3000))
    with pytest.raises(InputRefused, match="looks like a picture"):
        open_list(path)
