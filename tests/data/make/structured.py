"""JSON, contacts, SQL dumps and web logs."""

from __future__ import annotations

import json
import quopri
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from tests.data.make.case import Case, Counts, read
from tests.data.make.people import Person, people

_F = "structured"
_N = 20


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _json()
    yield from _contacts()
    yield from _sql()
    yield from _logs()


def objects(folk: Sequence[Person]) -> list[dict[str, Any]]:
    """One object for each person."""
    return [{"name": p.name, "phone": p.mobile, "idCard": p.id_number} for p in folk]


def _json() -> Iterator[Case]:
    folk = people(6000, _N)
    both = Counts({"mobile": _N, "id_number": _N}, _N, _N)
    rows = objects(folk)
    yield read(_F, "array.json", json.dumps(rows, ensure_ascii=False).encode(), both)
    yield read(_F, "escaped.json", json.dumps(rows, indent=2).encode(), both)
    yield read(_F, "mark.json", b"\xef\xbb\xbf" + json.dumps(rows).encode(), both)
    yield read(_F, "gbk.json", json.dumps(rows, ensure_ascii=False).encode("gb18030"), both)
    yield read(_F, "utf16.json", json.dumps(rows, ensure_ascii=False).encode("utf-16"), both)
    paged = {"code": 0, "msg": "ok", "data": {"total": _N, "list": rows}}
    yield read(_F, "paged.json", json.dumps(paged).encode(), both)
    lines = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n"
    yield read(_F, "lines.jsonl", lines.encode(), both)
    yield read(_F, "lines-named-txt.txt", lines.encode(), both)
    yield read(_F, "lines-blank.ndjson", lines.replace("\n", "\n\n").encode(), both)
    numbers = [{"id": i, "phone": int(p.mobile)} for i, p in enumerate(folk)]
    yield read(_F, "numbers.json", json.dumps(numbers).encode(), Counts({"mobile": _N}, _N, _N))
    nested = [
        {"user": {"name": p.name, "contact": {"phones": [p.mobile], "mail": p.email}}} for p in folk
    ]
    yield read(
        _F,
        "nested.jsonl",
        "\n".join(map(json.dumps, nested)).encode(),
        Counts({"mobile": _N, "email": _N}, _N, _N),
    )
    yield read(
        _F,
        "one-object.json",
        json.dumps(rows[0]).encode(),
        Counts({"mobile": 1, "id_number": 1}, 1, 1),
    )
    arrays = {"columns": ["姓名", "手机号"], "rows": [[p.name, p.mobile] for p in folk]}
    yield read(
        _F, "columns-and-rows.json", json.dumps(arrays).encode(), Counts({"mobile": _N}, None, _N)
    )
    messages = [
        {"id": i, "type": "message", "date": "2026-03-01T09:30:00", "from": "客服甲",
         "text": f"{p.name} {p.mobile} 已加"} for i, p in enumerate(folk)
    ]  # fmt: skip
    chat = {"name": "料子群", "type": "private_group", "id": 4_200_001, "messages": messages}
    yield read(
        _F,
        "telegram-chat.json",
        json.dumps(chat, indent=1, ensure_ascii=False).encode(),
        Counts({"mobile": _N}, _N, _N),
    )
    for i, message in enumerate(messages):
        message["text"] = ["联系 ", {"type": "phone", "text": folk[i].mobile}, " 有意向"]
    yield read(
        _F, "telegram-entities.json", json.dumps(chat).encode(), Counts({"mobile": _N}, _N, _N)
    )
    contacts = {"contacts": {"about": "这是通讯录", "list": [
        {"first_name": p.name[0], "last_name": p.name[1:], "phone_number": "0086" + p.mobile}
        for p in folk
    ]}}  # fmt: skip
    yield read(
        _F, "telegram-contacts.json", json.dumps(contacts).encode(), Counts({"mobile": _N}, _N, _N)
    )


def card(p: Person, version: str, extra: str = "") -> str:
    """A vCard."""
    name = f"N:{p.name[0]};{p.name[1:]};;;\r\nFN:{p.name}\r\n"
    lines = f"{name}TEL;TYPE=CELL:{p.mobile}\r\n{extra}"
    return f"BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}END:VCARD\r\n"


def _contacts() -> Iterator[Case]:
    folk = people(6100, _N)
    only = Counts({"mobile": _N}, _N, _N)
    yield read(_F, "contacts-3.vcf", "".join(card(p, "3.0") for p in folk).encode(), only)
    uri = "".join(
        card(p, "4.0").replace("TEL;TYPE=CELL:", "TEL;VALUE=uri;TYPE=cell:tel:+86-") for p in folk
    )
    yield read(_F, "contacts-4.vcf", uri.encode(), only)
    for charset in ("UTF-8", "GBK"):
        cards = []
        for p in folk:
            said = quopri.encodestring(p.name.encode(charset)).decode()
            coded = f"CHARSET={charset};ENCODING=QUOTED-PRINTABLE:"
            cards.append(
                f"BEGIN:VCARD\r\nVERSION:2.1\r\nN;{coded};{said};;;\r\nFN;{coded}{said}\r\n"
                f"TEL;CELL:{p.mobile}\r\nEND:VCARD\r\n"
            )
        yield read(_F, f"contacts-21-{charset.lower()}.vcf", "".join(cards).encode("ascii"), only)
    folded = "".join(
        card(p, "3.0").replace(p.mobile, f"{p.mobile[:5]}\r\n {p.mobile[5:]}") for p in folk
    )
    yield read(_F, "contacts-folded.vcf", folded.encode(), only)
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(["QUJDREVGR0g" * 6] * 20) + "\r\n"
    yield read(
        _F, "contacts-photo.vcf", "".join(card(p, "3.0", photo) for p in folk).encode(), only
    )
    more = people(6101, _N)
    two = "".join(
        card(p, "3.0", f"TEL;TYPE=HOME:{q.mobile}\r\nEMAIL:{p.email}\r\n")
        for p, q in zip(folk, more, strict=True)
    )
    yield read(
        _F, "contacts-two-numbers.vcf", two.encode(), Counts({"mobile": 40, "email": 20}, 20, 20)
    )
    grouped = "".join(
        card(p, "3.0").replace("TEL;", "item1.TEL;").replace("BEGIN:VCARD", "begin:vcard")
        for p in folk
    )
    yield read(_F, "contacts-grouped.vcf", grouped.replace("\r\n", "\n").encode(), only)


def insert(folk: Sequence[Person], table: str = "`user`") -> str:
    """One ``INSERT`` of all."""
    rows = ",".join(
        f"({i},'{p.name}','{p.mobile}','{p.id_number}',NULL)" for i, p in enumerate(folk)
    )
    return f"INSERT INTO {table} (`id`,`real_name`,`mobile`,`idcard`,`note`) VALUES {rows};\n"


def _sql() -> Iterator[Case]:
    folk = people(6200, _N)
    both = Counts({"mobile": _N, "id_number": _N}, _N, _N)
    create = (
        "-- MySQL dump 10.13  Distrib 8.0\n\nSET NAMES utf8mb4;\nDROP TABLE IF EXISTS `user`;\n"
        "CREATE TABLE `user` (\n  `id` int NOT NULL,\n  `real_name` varchar(20),\n"
        "  `mobile` char(11),\n"
        "  `idcard` char(18),\n  `note` text\n) ENGINE=InnoDB;\nLOCK TABLES `user` WRITE;\n"
    )
    yield read(_F, "mysql.sql", (create + insert(folk) + "UNLOCK TABLES;\n").encode(), both)
    unnamed = insert(folk).replace(" (`id`,`real_name`,`mobile`,`idcard`,`note`)", "")
    yield read(_F, "mysql-no-columns.sql", (create + unnamed).encode(), both)
    single = "".join(insert([p]) for p in folk)
    yield read(_F, "one-insert-a-row.sql", single.encode(), both)
    yield read(_F, "gbk.sql", (create + insert(folk)).encode("gb18030"), both)
    odd = "".join(
        f"INSERT INTO t VALUES ({i}, '它''s (a; b)\\'', \"{p.mobile}\");\n"
        for i, p in enumerate(folk)
    )
    yield read(_F, "quotes.sql", odd.encode(), Counts({"mobile": _N}, _N, _N))
    server = "".join(
        f"INSERT [dbo].[T] ([Name], [Tel]) VALUES (N'{p.name}', N'{p.mobile}')\r\nGO\r\n"
        for p in folk
    )
    yield read(
        _F,
        "sqlserver.sql",
        b"\xff\xfe" + server.encode("utf-16-le"),
        Counts({"mobile": _N}, _N, _N),
    )
    copy = "COPY public.users (id, name, phone, note) FROM stdin;\n" + "".join(
        f"{i}\t{p.name}\t{p.mobile}\t\\N\n" for i, p in enumerate(folk)
    ) + "\\.\n\nSELECT 1;\n"  # fmt: skip
    yield read(
        _F,
        "postgres-copy.sql",
        ("--\n-- PostgreSQL database dump\n--\n\n" + copy).encode(),
        Counts({"mobile": _N}, _N, _N),
    )
    more = people(6201, _N)
    yield read(
        _F,
        "two-tables.sql",
        (insert(folk) + insert(more, "`vip`")).encode(),
        Counts({"mobile": 40, "id_number": 40}, 40, 40),
    )
    commented = f"/* INSERT INTO x VALUES ('{people(6202, 1)[0].mobile}'); */\n" + insert(folk)
    yield read(_F, "comments.sql", commented.encode(), both)


def _logs() -> Iterator[Case]:
    folk = people(6300, _N)
    agent = '"Mozilla/5.0 (Linux; Android 12)"'
    lines = [
        f"10.0.0.{i} - - [01/Mar/2026:09:30:{i:02d} +0800] "
        f'"GET /api/apply?name={quote(p.name)}&phone={p.mobile}'
        f'&idcard={p.id_number} HTTP/1.1" 200 {512 + i} "-" {agent}'
        for i, p in enumerate(folk)
    ]
    yield read(
        _F, "nginx.log", "\n".join(lines).encode(), Counts({"mobile": _N, "id_number": _N}, _N, _N)
    )
    coded = [
        line.replace(f"phone={p.mobile}", f"phone=%2B86{p.mobile}&mail={quote(p.email, safe='')}")
        for line, p in zip(lines, folk, strict=True)
    ]
    yield read(
        _F,
        "nginx-coded.log",
        "\n".join(coded).encode(),
        Counts({"mobile": _N, "id_number": _N, "email": _N}, _N, _N),
    )
    forms = [
        f"2026-03-01 09:30:{i:02d} INFO body=name%3D{quote(quote(p.name))}"
        f"%26mobile%3D{p.mobile}%26step%3D2"
        for i, p in enumerate(folk)
    ]
    yield read(
        _F, "forms-coded-twice.log", "\n".join(forms).encode(), Counts({"mobile": _N}, _N, _N)
    )
    mixed = [
        x
        for i, line in enumerate(lines)
        for x in (
            line,
            f"10.0.0.9 - - [01/Mar/2026:09:31:{i:02d} +0800] "
            f'"GET /static/{1767225600000 + i}.js HTTP/1.1" 304 0 "-" {agent}',
        )
    ]
    yield read(
        _F,
        "nginx-mixed.log",
        "\n".join(mixed).encode(),
        Counts({"mobile": _N, "id_number": _N}, 40, 20),
    )
    app = [
        f"2026-03-01 09:30:{i:02d}.123 [http-8080-{i}] INFO c.e.UserService - login ok, "
        f"phone={p.mobile}, cost=13ms"
        for i, p in enumerate(folk)
    ]
    yield read(_F, "application.log", "\n".join(app).encode(), Counts({"mobile": _N}, _N, _N))
