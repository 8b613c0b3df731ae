"""Archives of every kind, within one another, with litter, links and names in GBK."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator

from tests.data.make.books import xlsx
from tests.data.make.case import Case, Counts, either, read
from tests.data.make.headers import csv
from tests.data.make.packing import PACKERS, Files, gz, link, seven, tar
from tests.data.make.people import people
from tests.data.make.rars import rar4, rar5
from tests.data.make.zips import Member, simple, zip_of

_F = "containers"
_N = 15


def lists(seed: int, number: int = 2) -> list[tuple[str, bytes]]:
    """Small lists of :data:`_N` people each, all different, by their names."""
    folk = people(seed, number * _N)
    parts = [folk[i * _N : (i + 1) * _N] for i in range(number)]
    return [
        (f"list{i + 1}.csv", csv([("姓名", "手机号"), *((p.name, p.mobile) for p in part)]))
        for i, part in enumerate(parts)
    ]


def zipped(files: Files) -> bytes:
    """An honest ZIP."""
    return zip_of([simple(name, data) for name, data in files])


def of(number: int, refused_members: int = 0) -> Counts:
    """What ``number`` lists hold."""
    n = number * _N
    return Counts({"mobile": n}, n, n, refused_members=refused_members)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _zips()
    yield from _others()
    yield from _nested()


def _zips() -> Iterator[Case]:
    files = lists(8000)
    yield read(_F, "two-lists.zip", zipped(files), of(2))
    yield read(_F, "stored.zip", zip_of([simple(n, d, method=0) for n, d in files]), of(2))
    gbk = [Member(f"客户/名单{i}.csv".encode("gb18030"), d) for i, (_n, d) in enumerate(files)]
    yield read(_F, "gbk-names.zip", zip_of(gbk), of(2))
    yield read(
        _F,
        "utf8-names-unsaid.zip",
        zip_of([Member(f"名单{i}.csv".encode(), d) for i, (_n, d) in enumerate(files)]),
        of(2),
    )
    yield read(_F, "named-otherwise.dat", zipped(files), of(2))
    folders = [
        simple("甲/", b""),
        simple("甲/乙/", b""),
        *(simple(f"甲/乙/{n}", d) for n, d in files),
    ]
    yield read(_F, "folders.zip", zip_of(folders), of(2))
    litter = [
        ("__MACOSX/._list1.csv", b"\x00\x05\x16\x07" + bytes(78)),
        (".DS_Store", b"\x00\x00\x00\x01Bud1" + bytes(60)),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("desktop.ini", b"[.ShellClassInfo]\r\n"),
    ]  # fmt: skip
    yield read(_F, "litter.zip", zipped([*files, *litter]), of(2))
    mixed = [
        *files,
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(1, 200)) * 9),
        ("empty.csv", b""),
    ]
    yield read(_F, "with-a-picture.zip", zipped(mixed), of(2, 2))
    book = (
        "名单.xlsx",
        xlsx([("姓名", "手机号"), *((p.name, p.mobile) for p in people(8001, _N))]),
    )
    yield read(_F, "with-a-workbook.zip", zipped([*files, book]), of(3))
    twice = [simple("list.csv", d) for _n, d in files]
    yield read(_F, "equal-names.zip", zip_of(twice), of(2))
    yield read(_F, "before-and-after.zip", b"MZ" + bytes(510) + zipped(files) + b"tail" * 20, of(2))
    yield read(
        _F, "comment.zip", zip_of([simple(n, d) for n, d in files], comment="说明".encode()), of(2)
    )
    same = [files[0], ("copy.csv", files[0][1])]
    yield read(_F, "same-list-twice.zip", zipped(same), Counts({"mobile": _N}, 2 * _N, 2 * _N))
    number = people(8002, 1)[0].mobile
    yield read(_F, "number-in-name.zip", zipped([(f"{number}.csv", files[0][1])]), of(1))
    many = [(f"n{i:04d}.txt", f"{p.mobile}\n".encode()) for i, p in enumerate(people(8003, 120))]
    yield read(_F, "many-members.zip", zipped(many), Counts({"mobile": 120}, 120, 120))


def _others() -> Iterator[Case]:
    files = lists(8100)
    yield read(_F, "plain.tar", tar(files), of(2))
    yield read(
        _F,
        "gbk-names.tar",
        tar([(f"名单{i}.csv", d) for i, (_n, d) in enumerate(files)], encoding="gb18030"),
        of(2),
    )
    yield read(
        _F,
        "pax.tar",
        tar([("很长的名字" * 12 + n, d) for n, d in files], form=tarfile.PAX_FORMAT),
        of(2),
    )
    links = [
        link("shadow.csv", "/etc/passwd"), link("up.csv", "../../outside.csv"),
        link("hard.csv", "list1.csv", tarfile.LNKTYPE), link("disk", "", tarfile.BLKTYPE),
        link("tty", "", tarfile.CHRTYPE), link("pipe", "", tarfile.FIFOTYPE), link("loop", "loop"),
    ]  # fmt: skip
    linked = tar(files, *links)
    refused = tuple(range(len(links) + 1))
    n = 2 * _N
    yield read(
        _F, "links-and-devices.tar", linked, Counts({"mobile": n}, n, n, refused_members=refused),
        Counts({"mobile": n}, n + _N, n + _N, refused_members=refused),
    )  # fmt: skip
    for ending, packed in PACKERS.items():
        yield read(_F, f"list.csv.{ending}", packed(files[0][1]), of(1))
        yield read(_F, f"lists.tar.{ending}", packed(tar(files)), of(2))
    first, second = (d for _n, d in files)
    body = second.split(b"\r\n", 1)[1]
    yield read(_F, "concatenated.csv.gz", gz(first) + gz(body), of(2))
    yield read(_F, "padded.csv.gz", gz(first) + bytes(512), of(1))
    yield either(
        _F, "trailing-garbage.csv.gz", gz(first) + b"garbage after the end", ("truncated",), of(1)
    )
    yield read(_F, "number-in-name.csv.gz", gz(first, f"{people(8101, 1)[0].mobile}.csv"), of(1))
    yield read(_F, "concatenated.csv.bz2", PACKERS["bz2"](first) + PACKERS["bz2"](body), of(2))
    yield read(_F, "concatenated.csv.xz", PACKERS["xz"](first) + PACKERS["xz"](body), of(2))
    yield read(_F, "concatenated.csv.zst", PACKERS["zst"](first) + PACKERS["zst"](body), of(2))
    yield read(_F, "plain.7z", lambda: seven(files), of(2))
    yield read(_F, "stored.rar", rar5(files), of(2))
    yield read(_F, "stored-4.rar", rar4(files), of(2))
    yield read(
        _F,
        "chinese-names.rar",
        rar5([(f"客户/名单{i}.csv", d) for i, (_n, d) in enumerate(files)]),
        of(2),
    )


def _nested() -> Iterator[Case]:
    files = lists(8200, 4)
    inner = zipped(files[:2])
    yield read(_F, "zip-in-zip.zip", zipped([("内.zip", inner), files[2]]), of(3))
    yield read(
        _F,
        "zip-in-tar.gz-in-zip.zip",
        zipped([("a.tar.gz", gz(tar([("b.zip", inner), files[2]]))), files[3]]),
        of(4),
    )
    yield read(_F, "rar-in-zip.zip", zipped([("a.rar", rar5(files[:2]))]), of(2))
    yield read(_F, "gz-in-zip.zip", zipped([(n + ".gz", gz(d)) for n, d in files]), of(4))
    yield read(
        _F, "seven-in-zip.zip", lambda: zipped([("a.7z", seven(files[:2])), files[2]]), of(3)
    )
    same = zipped([("a.zip", inner), ("b.zip", inner)])
    yield read(_F, "same-archive-twice.zip", same, Counts({"mobile": 2 * _N}, 4 * _N, 4 * _N))
