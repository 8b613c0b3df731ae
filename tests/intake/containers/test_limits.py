"""Bombs are refused early and said so; what was read before stays; nothing is left behind."""

from __future__ import annotations

import bz2
import io
import lzma
import time
import tracemalloc
import zipfile
import zlib

import archives
import pytest
from archives import LIST, PEOPLE, told, write
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.errors import InputRefused
from leaktrace.intake.containers.found import Leaf, Unpacking
from leaktrace.intake.containers.limits import Limits
from leaktrace.intake.containers.spool import SpoolFile
from leaktrace.intake.containers.walk import walk
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening


def walked(path, **limits):
    """Each file's status and code, by its name."""
    spool = limits.pop("spool", None)
    found = list(walk(Material(path), Unpacking((), spool, Limits(**limits))))
    return {
        one.material.chain[-1] if isinstance(one, Leaf) else one.report.member:
        "read" if isinstance(one, Leaf) else one.report.code or one.report.status
        for one in found
    }  # fmt: skip


def zeros_zip(size):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("zeros.csv", "w", force_zip64=True) as member:
            for _step in range(size >> 24):
                member.write(bytes(1 << 24))
        archive.writestr("list.csv", LIST)
    return out.getvalue()


def test_a_bomb_in_a_zip_leaves_the_list_beside_it(tmp_path):
    path = write(tmp_path, "a.zip", zeros_zip(200 << 20))
    before = time.monotonic()
    reading, identified = archives.read(path)
    assert time.monotonic() - before < 2
    assert identified == len(PEOPLE)
    assert told(reading)["zeros.csv"].code == "too-big"


@pytest.mark.parametrize(
    ("suffix", "maker"), [("bz2", bz2.BZ2Compressor), ("xz", lzma.LZMACompressor)]
)
def test_bombs_in_streams(tmp_path, suffix, maker):
    packer = maker()
    data = b"".join(packer.compress(bytes(1 << 24)) for _step in range(3)) + packer.flush()
    path = write(tmp_path, f"a.csv.{suffix}", data)
    tracemalloc.start()
    assert walked(path, free=8 << 20) == {None: "container", "a.csv": "too-big"}
    assert tracemalloc.get_traced_memory()[1] < 40 << 20
    tracemalloc.stop()


def test_a_bzip2_bomb_in_a_zip_is_unpacked_in_small_pieces(tmp_path):
    packed = bz2.compress(bytes(50 << 20))
    member = {"name": b"a.csv", "method": 12, "packed": packed, "size": 1000, "crc": 1}
    path = write(tmp_path, "a.zip", archives.raw_zip([member, {"name": b"b.csv", "data": LIST}]))
    tracemalloc.start()
    assert walked(path) == {None: "container", "a.csv": "truncated", "b.csv": "read"}
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()


def test_archives_in_archives(tmp_path):
    data = archives.zip_of({"list.csv": LIST})
    for level in range(12):
        data = archives.zip_of({f"{level}.zip": data, "list.csv": LIST})
    reading, identified = archives.read(write(tmp_path, "a.zip", data))
    assert identified == 8 * len(PEOPLE)
    (deep,) = [one for one in reading.members if one.status == "refused"]
    assert deep.code == "too-deep"
    assert deep.member.count("›") == 7
    assert deep.sha256


def test_equal_archives_are_not_unpacked_for_ever(tmp_path):
    data = archives.zip_of({"list.csv": LIST})
    for _level in range(7):
        data = archives.zip_of({f"{i}.zip": data for i in range(12)})
    before = time.monotonic()
    reading, identified = archives.read(write(tmp_path, "a.zip", data))
    assert time.monotonic() - before < 5
    assert identified == 10 * len(PEOPLE)
    assert {one.code for one in reading.members if one.status == "refused"} == {"repeated"}


def test_counts_and_totals(tmp_path):
    path = write(tmp_path, "a.zip", archives.zip_of({f"{i}.csv": LIST for i in range(9)}))
    few = walked(path, members=4)
    assert list(few.values()) == ["container"] + ["read"] * 4 + ["too-many-members"]
    total = walked(path, total=3 * len(LIST))
    assert list(total.values()) == ["container"] + ["read"] * 3 + ["too-big"]
    assert set(walked(path, member=len(LIST) - 1).values()) == {"container", "too-big"}
    assert set(walked(path, unspooled=len(LIST) - 1).values()) == {"container", "too-big"}


def test_a_directory_that_is_too_long_is_not_made_into_objects(tmp_path):
    data = archives.zip_of({"a.csv": LIST})
    end = data.rindex(b"PK\5\6")
    data = data[: end + 12] + (40 << 20).to_bytes(4, "little") + data[end + 16 :]
    with pytest.raises(InputRefused) as refused:
        walked(write(tmp_path, "a.zip", data))
    assert refused.value.code == "too-many-members"


@pytest.mark.parametrize(
    "lie", [{"crc": 1}, {"size": 5}, {"size": 500}, {"packed": b"\xff" * 50, "method": 8}]
)
def test_what_lies_is_not_trusted(tmp_path, lie):
    members = [{"name": b"a.csv", "data": LIST, **lie}, {"name": b"b.csv", "data": LIST}]
    path = write(tmp_path, "a.zip", archives.raw_zip(members))
    assert walked(path) == {None: "container", "a.csv": "truncated", "b.csv": "read"}


def test_unknown_methods_and_slipping_names(tmp_path):
    members = [
        {"name": b"a.csv", "data": LIST, "method": 98},
        {"name": b"../../b.csv", "data": LIST},
        {"name": b"C:\\c.csv", "data": LIST},
        {"name": b"link", "data": b"/etc/passwd", "attributes": 0o120777},
    ]
    path = write(tmp_path, "a.zip", archives.raw_zip(members))
    assert walked(path) == {
        None: "container", "a.csv": "unsupported", "../../b.csv": "read", "C:\\c.csv": "read",
        "link": "link",
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_tar_keeps_what_stood_before(tmp_path):
    data = archives.tar_of({"a.csv": LIST, "b.csv": LIST})
    cut = write(tmp_path, "a.tar", data[:1600])
    assert walked(cut) == {
        None: "container",
        "a.csv": "read",
        "b.csv": "truncated",
        "…": "truncated",
    }
    spoilt = write(tmp_path, "b.tar", data[:1024] + b"?" * 512 + data[1536:])
    assert walked(spoilt) == {None: "container", "a.csv": "read", "…": "truncated"}


def test_large_members_wait_encrypted_and_are_gone_afterwards(tmp_path):
    spool = tmp_path / "spool"
    data = LIST * 1000
    path = write(tmp_path, "a.tar.gz", archives.gzip_of(archives.tar_of({"a.csv": data})))
    limits = Limits(in_memory=1000, whole_ratio=10**9)
    seen = 0
    for one in walk(Material(path), Unpacking((), spool, limits)):
        for file in spool.glob("*"):
            seen += 1
            assert PEOPLE[0].encode() not in file.read_bytes()
            assert file.stat().st_mode & 0o077 == 0 or file.drive
        if isinstance(one, Leaf):
            with opening(one.material) as file:
                assert file.read() == data
    assert seen == 3  # the tar alone, then the tar and the list
    assert list(spool.iterdir()) == []
    walking = walk(Material(path), Unpacking((), spool, limits))
    for _step in range(3):
        next(walking)
    assert list(spool.iterdir())
    walking.close()
    assert list(spool.iterdir()) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=5000), max_size=5), st.lists(st.integers(0, 20000), max_size=6))
def test_a_spool_file_reads_as_it_was_written(tmp_path_factory, pieces, places):
    spool = SpoolFile(tmp_path_factory.mktemp("spool"))
    for piece in pieces:
        spool.write(piece)
    spool.close()
    whole = b"".join(pieces)
    assert spool.size == len(whole)
    with spool.open() as file:
        assert file.read() == whole
        for place in places:
            file.seek(place)
            assert file.read(777) == whole[place : place + 777]
    spool.delete()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_anywhere_is_a_refusal_and_never_a_crash(tmp_path_factory, data):
    maker = data.draw(st.sampled_from(_WHOLE))
    whole = bytearray(maker)
    for _change in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damage") / "a.dat"
    path.write_bytes(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]))
    try:
        for one in walk(Material(path), Unpacking(("x", archives.PASSWORD))):
            if isinstance(one, Leaf) and one.sha256:
                assert zlib.crc32(one.head) is not None
    except InputRefused as error:
        assert "\n" not in error.message
    path.unlink()


def _whole():
    members = {"甲.csv": LIST, "d/b.csv": LIST * 3}
    yield archives.zip_of(members)
    yield archives.locked_zip(members, archives.PASSWORD.encode(), aes=True)
    yield archives.locked_zip(members, archives.PASSWORD.encode(), aes=False)
    yield archives.tar_of(members)
    yield archives.gzip_of(archives.tar_of(members))
    yield lzma.compress(archives.zip_of(members))
    try:
        import py7zr
        import rars
    except ImportError:
        return
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    yield out.getvalue()
    for form in ("rar30", "rar50"):
        builder = rars.RarBuilder(format=form, solid=True)
        for name, content in members.items():
            builder.add_bytes(content, name)
        yield builder.to_bytes()


_WHOLE = list(_whole())
