"""Every form of archive gives its lists, under the names that stand in it, with their hashes."""

from __future__ import annotations

import bz2
import hashlib
import io
import lzma
import sys
import tarfile
import zipfile

import archives
import pytest
from archives import LIST, PASSWORD, PEOPLE, read, told, write

from leaktrace.errors import InputRefused

if sys.version_info < (3, 14):
    from backports import zstd
    from backports.zstd import zipfile as newer_zipfile
else:
    import zipfile as newer_zipfile

    from compression import zstd

SHA = hashlib.sha256(LIST).hexdigest()


def check_one(path, member, form, **named):
    reading, identified = read(path, **named)
    assert identified == len(PEOPLE)
    report = told(reading)[member]
    assert (report.status, report.size, report.sha256) == ("read", len(LIST), SHA)
    assert told(reading)[None].status == "container"
    assert told(reading)[None].form == form
    assert reading.columns[0].member == member


@pytest.mark.parametrize("method", [0, 8, 12, 14, 93])
def test_zip_by_each_method(tmp_path, method):
    out = io.BytesIO()
    with newer_zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("名单/甲.csv", LIST)
    check_one(write(tmp_path, "a.zip", out.getvalue()), "名单/甲.csv", "zip")


@pytest.mark.parametrize(
    ("encoding", "name"), [("gbk", "客户资料/名单.csv"), ("big5", "客戶資料表格總覽/名單.csv")]
)
def test_zip_names_in_national_encodings(tmp_path, encoding, name):
    data = archives.raw_zip([{"name": name.encode(encoding), "data": LIST}])
    check_one(write(tmp_path, "a.zip", data), name, "zip")


def test_a_zip_name_in_its_unicode_field(tmp_path):
    field = b"\x75\x70" + (5 + len("甲.csv".encode())).to_bytes(2, "little") + bytes(5)
    member = {"name": b"?.csv", "data": LIST, "extra": field + "甲.csv".encode()}
    check_one(write(tmp_path, "a.zip", archives.raw_zip([member])), "甲.csv", "zip")


def test_a_zip_name_that_lies_about_its_encoding_hides_nothing(tmp_path):
    members = [
        {"name": b"a\xff.csv", "data": LIST, "flags": 0x800},
        {"name": b"b.csv", "data": LIST},
    ]
    reading, identified = read(write(tmp_path, "a.zip", archives.raw_zip(members)))
    assert identified == 2 * len(PEOPLE)
    assert [one.status for one in reading.members] == ["container", "read", "read"]


@pytest.mark.parametrize("aes", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_zip_under_a_chinese_password(tmp_path, aes, encoding):
    data = archives.locked_zip({"a.csv": LIST}, PASSWORD.encode(encoding), aes)
    path = write(tmp_path, "a.zip", data)
    check_one(path, "a.csv", "zip", passwords=["wrong", PASSWORD])
    for passwords in ((), ("wrong",)):
        with pytest.raises(InputRefused) as refused:
            read(path, passwords=passwords)
        assert refused.value.code == "encrypted"
        assert "--password" in refused.value.message
        assert refused.value.file.endswith("a.zip › a.csv")


def test_a_wrong_password_that_passes_the_old_check_is_passed_over(tmp_path):
    data = archives.locked_zip({"a.csv": LIST}, PASSWORD.encode(), aes=False)
    path = write(tmp_path, "a.zip", data)
    # One in 256 passes the check byte.
    check_one(path, "a.csv", "zip", passwords=[*map(str, range(600)), PASSWORD])


def test_tar_and_its_links(tmp_path):
    special = []
    for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "../outside.csv"
        special.append(info)
    for name, kind in (("pipe", tarfile.FIFOTYPE), ("disk", tarfile.BLKTYPE)):
        info = tarfile.TarInfo(name)
        info.type = kind
        special.append(info)
    write(tmp_path, "outside.csv", LIST)
    path = write(tmp_path, "a.tar", archives.tar_of({"b.csv": LIST}, *special))
    check_one(path, "b.csv", "tar")
    reports = told(read(path)[0])
    codes = [
        (reports[name].status, reports[name].code) for name in ("link", "hard", "pipe", "disk")
    ]
    assert codes == [("litter", "link")] * 2 + [("litter", "special")] * 2
    assert "named pipe" in reports["pipe"].reason and "device" in reports["disk"].reason


@pytest.mark.parametrize("size", [1, 65_536, 300_000])
def test_a_member_of_nul_bytes_is_not_called_empty(tmp_path, size):
    path = write(tmp_path, "a.zip", archives.zip_of({"nul.csv": bytes(size), "b.csv": LIST}))
    reading, identified = read(path)
    assert identified == len(PEOPLE)
    report = told(reading)["nul.csv"]
    assert (report.status, report.code, report.size) == ("refused", "empty", size)
    assert "nothing but NUL bytes" in report.reason and "is empty" not in report.reason


def test_tar_names_in_gbk_and_without_a_mark(tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", encoding="gbk", format=tarfile.GNU_FORMAT) as archive:
        info = tarfile.TarInfo("名单/甲.csv")
        info.size = len(LIST)
        archive.addfile(info, io.BytesIO(LIST))
    data = bytearray(out.getvalue())
    data[257:265] = bytes(8)
    data[148:156] = b"%06o\0 " % (sum(data[:148]) + 8 * 32 + sum(data[156:512]))
    check_one(write(tmp_path, "a.dat", bytes(data)), "名单/甲.csv", "tar")


@pytest.mark.parametrize(
    ("form", "suffix", "pack"),
    [
        ("gz", "gz", archives.gzip_of),
        ("bz2", "bz2", bz2.compress),
        ("xz", "xz", lzma.compress),
        ("zst", "zst", zstd.compress),
    ],
)
def test_streams(tmp_path, form, suffix, pack):
    check_one(write(tmp_path, f"a.csv.{suffix}", pack(LIST)), "a.csv", form)
    check_one(write(tmp_path, "a.dat", pack(LIST[:50]) + pack(LIST[50:])), "a.dat", form)
    check_one(write(tmp_path, "b.dat", pack(LIST) + bytes(700)), "b.dat", form)
    inner = archives.tar_of({"b.csv": LIST})
    check_one(write(tmp_path, f"a.tar.{suffix}", pack(inner)), "a.tar › b.csv", form)
    with pytest.raises(InputRefused) as refused:
        read(write(tmp_path, f"cut.csv.{suffix}", pack(LIST * 1000)[:-9]))
    assert refused.value.code == "truncated"


def test_a_gzip_stream_tells_its_name(tmp_path):
    check_one(write(tmp_path, "a.dat", archives.gzip_of(LIST, "list.csv")), "list.csv", "gz")


@pytest.mark.parametrize("hidden", [False, True])
def test_seven_zip(tmp_path, hidden):
    py7zr = pytest.importorskip("py7zr")
    for password in (None, PASSWORD):
        out = io.BytesIO()
        with py7zr.SevenZipFile(
            out, "w", password=password, header_encryption=hidden and password is not None
        ) as archive:
            archive.writestr(LIST, "名单/甲.csv")
            archive.writestr(LIST, "b.csv")
            archive.writestr(LIST, "b.csv")
        path = write(tmp_path, "a.7z", out.getvalue())
        reading, identified = read(path, passwords=["wrong", PASSWORD])
        assert identified == 3 * len(PEOPLE)
        assert [m.member for m in reading.members] == [None, "名单/甲.csv", "b.csv", "b.csv~2"]
        assert {m.sha256 for m in reading.members} == {"", SHA}
    with pytest.raises(InputRefused) as refused:
        read(path)
    error = refused.value
    assert {one.code for one in error.inside or (error,)} == {"encrypted"}


@pytest.mark.parametrize("form", ["rar15", "rar20", "rar30", "rar50", "rar70"])
def test_rar(tmp_path, form):
    rars = pytest.importorskip("rars")
    for settings in ({}, {"solid": True}, {"password": PASSWORD}, {"store": True}):
        builder = rars.RarBuilder(format=form, **settings)
        for name in ("名单/甲.csv", "b.csv", "c.csv"):
            builder.add_bytes(LIST, name)
        path = write(tmp_path, "a.rar", builder.to_bytes())
        reading, identified = read(path, passwords=["wrong", PASSWORD])
        assert identified == 3 * len(PEOPLE)
        assert [m.member for m in reading.members] == [None, "名单/甲.csv", "b.csv", "c.csv"]
        assert {m.sha256 for m in reading.members} == {"", SHA}


def test_rar_with_hidden_names_links_and_volumes(tmp_path):
    rars = pytest.importorskip("rars")
    builder = rars.RarBuilder(password=PASSWORD, encrypt_headers=True)
    builder.add_bytes(LIST, "a.csv")
    builder.add_directory("empty")
    builder.add_unix_symlink("link", "/etc/passwd")
    path = write(tmp_path, "a.rar", builder.to_bytes())
    reports = told(read(path, passwords=[PASSWORD])[0])
    assert (reports["link"].code, reports["empty/"].code) == ("link", "empty-folder")
    with pytest.raises(InputRefused) as refused:
        read(path, passwords=["wrong"])
    assert refused.value.code == "encrypted"
    builder = rars.RarBuilder(volume_size=300, store=True)
    builder.add_bytes(LIST * 9, "a.csv")
    builder.write_volumes(str(tmp_path / "v.rar"))
    for volume in sorted(tmp_path.glob("v.part*.rar")):
        with pytest.raises(InputRefused) as refused:
            read(volume)
        assert refused.value.code == "volumes"


@pytest.mark.parametrize(("module", "extra"), [("py7zr", "7z"), ("rars", "rar")])
def test_a_missing_extra_is_told_with_its_cure(tmp_path, monkeypatch, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    marks = {"7z": b"7z\xbc\xaf\x27\x1c", "rar": b"Rar!\x1a\x07\x01\x00"}
    with pytest.raises(InputRefused) as refused:
        read(write(tmp_path, "a.dat", marks[extra] + bytes(99)))
    assert refused.value.code == "not-installed"
    assert f"leaktrace[{extra}]" in refused.value.message


def test_encrypted_office(tmp_path):
    import deeds
    from msoffcrypto.format.ooxml import OOXMLFile

    book = deeds.workbook([["手机号"], *[[mobile] for mobile in PEOPLE]])
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(book)).encrypt(PASSWORD, out)
    path = write(tmp_path, "b.zip", archives.zip_of({"s.xlsx": out.getvalue()}))
    reading, identified = read(path, passwords=["wrong", PASSWORD])
    assert identified == len(PEOPLE)
    assert [(m.member, m.form) for m in reading.members] == [
        (None, "zip"), ("s.xlsx", "encrypted-office"), ("s.xlsx › s.xlsx", "xlsx"),
    ]  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        read(write(tmp_path, "s.xlsx", out.getvalue()), passwords=["wrong"])
    assert (refused.value.code, "--password" in refused.value.message) == ("encrypted", True)
    assert refused.value.file.endswith("s.xlsx") and "›" not in refused.value.file


def test_what_excel_locks_against_changes_needs_no_password(tmp_path):
    import deeds
    from msoffcrypto.format.ooxml import OOXMLFile

    book = deeds.workbook([["手机号"], *[[mobile] for mobile in PEOPLE]])
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(book)).encrypt("VelvetSweatshop", out)
    assert read(write(tmp_path, "s.xlsx", out.getvalue()))[1] == len(PEOPLE)


def test_archives_behind_a_program(tmp_path):
    stub = b"MZ" + bytes(600) + b"7z\xbc\xaf\x27\x1c" + bytes(range(256))
    check_one(write(tmp_path, "a.exe", stub + archives.zip_of({"a.csv": LIST})), "a.csv", "zip")
    py7zr = pytest.importorskip("py7zr")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(LIST, "a.csv")
    check_one(write(tmp_path, "b.exe", stub + out.getvalue()), "a.csv", "7z")
    with pytest.raises(InputRefused) as refused:
        read(write(tmp_path, "c.exe", stub))
    assert (refused.value.code, "never run it" in refused.value.message) == ("binary", True)


@pytest.mark.parametrize(
    "head", [b"MSCF" + bytes(4), b"\x1f\x9d\x90", b"\x04\x22\x4d\x18", b"\x00\x10-lh5-", b"LZIP\1"]
)
def test_other_archives_are_refused_with_the_cure(tmp_path, head):
    with pytest.raises(InputRefused) as refused:
        read(write(tmp_path, "a.dat", head + bytes(range(256)) * 4))
    assert (refused.value.code, "7-Zip" in refused.value.message) == ("archive", True)


def test_litter_folders_and_equal_names(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in ("d/a.csv", "d/a.csv", "d/a.csv~2", "13912345678.csv", "13900005678.csv"):
                archive.writestr(name, LIST)
            for name in ("__MACOSX/d/._a.csv", "d/.DS_Store", "Thumbs.db", "~$a.xlsx", "d/", "e/"):
                archive.writestr(name, b"x" if not name.endswith("/") else b"")
    reading, identified = read(write(tmp_path, "a.zip", out.getvalue()))
    reports = told(reading)
    assert identified == 5 * len(PEOPLE)
    litter = [name for name, one in reports.items() if one.status == "litter"]
    assert litter == ["__MACOSX/d/._a.csv", "d/.DS_Store", "Thumbs.db", "~$a.xlsx", "e/"]
    assert all(reports[name].sha256 for name in litter[:4])
    assert sum(one.status == "read" for one in reports.values()) == 5
    assert not any("13912345678" in (name or "") for name in reports)
