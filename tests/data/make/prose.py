"""Text that is no table: prose, pasted chats and cards, letters, PDF and DOCX."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence

from tests.data.make.case import Case, Counts, read
from tests.data.make.people import Person, masked, people
from tests.data.make.zips import simple, zip_of

_F = "prose"
_N = 20


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _texts()
    yield from _cards()
    yield from _letters()
    yield from _printed()


def _texts() -> Iterator[Case]:
    folk = people(7000, _N)
    only = Counts({"mobile": _N}, _N, _N)
    spaced = "\n".join(
        f"{p.name} {p.mobile[:3]} {p.mobile[3:7]} {p.mobile[7:]} 有意向" for p in folk
    )
    yield read(_F, "scattered.txt", spaced.encode(), only)
    yield read(_F, "scattered-gbk.txt", spaced.encode("gb18030"), only)
    story = "\n".join(f"昨天{p.name}来看了房，他的电话是{p.mobile}，说周末再来。" for p in folk)
    yield read(_F, "sentences.txt", story.encode(), only)
    packed = "，".join(f"{p.name}{p.mobile}" for p in folk) + "。\n"
    yield read(_F, "one-line.txt", packed.encode(), Counts({"mobile": _N}, (1, _N), (1, _N)))
    chat = "".join(
        f"2026/3/{1 + i % 28} 09:{i:02d}:00 客服小王\n{p.name} {p.mobile} 三室 预算300万\n\n"
        for i, p in enumerate(folk)
    )
    yield read(_F, "chat.txt", chat.encode(), Counts({"mobile": _N}, (20, 40), 20))
    chat = "".join(
        f"2026-03-01 09:{i:02d}:00 张经理(1000{i})\n{p.name}，{p.mobile}\n\n"
        for i, p in enumerate(folk)
    )
    yield read(
        _F,
        "chat-qq.txt",
        ("消息记录（此消息记录为文本格式）\n\n" + chat).encode("utf-8-sig"),
        Counts({"mobile": _N}, (20, 21, 41), 20),
    )
    markdown = "| 姓名 | 电话 |\n| --- | --- |\n" + "".join(
        f"| {p.name} | {p.mobile} |\n" for p in folk
    )
    yield read(_F, "markdown.md", markdown.encode(), Counts({"mobile": _N}, (20, 21), 20))
    numbered = "\n".join(f"{i + 1}. {p.name}：{p.mobile}" for i, p in enumerate(folk))
    yield read(_F, "numbered.txt", numbered.encode(), only)
    hidden = "\n".join(f"{p.name} {masked(p.mobile)}" for p in folk)
    yield read(
        _F,
        "masked.txt",
        hidden.encode(),
        Counts({"mobile_masked": _N}, _N, _N),
        Counts({"mobile_masked": _N, "name_mobile_masked": _N}, _N, _N),
    )
    none = "\n".join(f"第{i}章 这里没有任何号码，只有文字。" for i in range(_N))
    yield read(_F, "none.txt", none.encode(), Counts({}, _N, 0))


def _cards() -> Iterator[Case]:
    folk = people(7100, _N)
    both = Counts({"mobile": _N, "id_number": _N}, _N, _N)
    cards = "\n".join(
        f"姓名：{p.name}\n电话：{p.mobile}\n身份证：{p.id_number}\n地址：{p.address}\n"
        for p in folk
    )
    yield read(_F, "cards.txt", cards.encode(), both)
    yield read(_F, "cards-gbk.txt", cards.encode("gb18030"), both)
    close = cards.replace("\n\n", "\n")
    yield read(_F, "cards-close.txt", close.encode(), both)
    ruled = cards.replace("\n\n", "\n----------------\n").replace("：", ": ")
    yield read(_F, "cards-ruled.txt", ruled.encode(), both)
    lines = "\n".join(f"姓名：{p.name} 电话：{p.mobile} 身份证：{p.id_number}" for p in folk)
    yield read(_F, "cards-in-a-line.txt", lines.encode(), both)
    orders = "\n".join(f"收件人：{p.name}，{p.mobile}，{p.address}" for p in folk)
    yield read(_F, "delivery.txt", orders.encode(), Counts({"mobile": _N}, _N, _N))


def letter(body: str, charset: str, attachment: bytes = b"") -> bytes:
    """An e-mail with a text, and an attached CSV where there is one."""
    coded = base64.encodebytes(body.encode(charset)).decode()
    subject = f"=?{charset}?B?{base64.b64encode('客户名单'.encode(charset)).decode()}?="
    sender = base64.b64encode("甲方".encode(charset)).decode()
    text = (
        f"Content-Type: text/plain; charset={charset}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{coded}"
    )
    head = (
        f"From: =?{charset}?B?{sender}?= <list@office.example.com>\r\nTo: b@office.example.com\r\n"
        f"Subject: {subject}\r\nMIME-Version: 1.0\r\nDate: Sun, 01 Mar 2026 09:30:00 +0800\r\n"
    )
    if not attachment:
        return (head + text).encode("ascii")
    file = base64.encodebytes(attachment).decode()
    return (
        f'{head}Content-Type: multipart/mixed; boundary="AAA"\r\n\r\n--AAA\r\n{text}\r\n--AAA\r\n'
        f'Content-Type: text/csv; name="list.csv"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="list.csv"\r\n\r\n{file}\r\n--AAA--\r\n'
    ).encode("ascii")


def _letters() -> Iterator[Case]:
    folk = people(7200, 2 * _N)
    said = "\n".join(f"{p.name} {p.mobile}" for p in folk[:_N])
    file = ("姓名,电话\r\n" + "".join(f"{p.name},{p.mobile}\r\n" for p in folk[_N:])).encode(
        "gb18030"
    )
    mail = {"mobile": _N, "email": 2}
    # The two addresses of the header are identifiers too, where headers are read.
    yield read(
        _F,
        "letter-gbk.eml",
        letter(said, "gbk"),
        Counts({"mobile": _N}, None, None),
        Counts(mail, None, None),
    )
    yield read(
        _F, "letter-attachment.eml", letter("名单见附件", "utf-8", file),
        Counts({"mobile": _N}), Counts(mail),
    )  # fmt: skip


def docx(rows: Sequence[Sequence[str]], before: str = "客户名单", *, prolog: str = "") -> bytes:
    """A DOCX with a paragraph and a table."""

    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) + "</w:tr>" for row in rows
    )
    body = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{prolog}<w:document xmlns:w="http://'
        'schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{paragraph(before)}<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl></w:body></w:document>"
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
        'types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{main}"/></Types>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/office'
        'Document/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": body}
    return zip_of([simple(name, text.encode()) for name, text in parts.items()])


def pdf(lines: Sequence[str]) -> bytes:
    """A one-page PDF: Chinese in a CID font of Adobe-GB1, as office printers write it."""
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
    stream = zlib.compress(f"BT /F1 10 Tf 12 TL 40 800 Td {shown} ET".encode())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] "
        b"/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for i, body in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj\n" % (i + 1) + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def _printed() -> Iterator[Case]:
    folk: list[Person] = people(7300, _N)
    rows = [("姓名", "手机号", "身份证号"), *((p.name, p.mobile, p.id_number) for p in folk)]
    both = {"mobile": _N, "id_number": _N}
    yield read(_F, "table.docx", docx(rows), Counts(both, (20, 21), 20))
    said = " ".join(f"{p.name}电话{p.mobile}。" for p in folk)
    yield read(_F, "paragraph.docx", docx([("无", "无")], said), Counts({"mobile": _N}, None, None))
    lines = ["客户名单", *(f"{p.name}  {p.mobile}  {p.id_number}" for p in folk)]
    yield read(_F, "lines.pdf", pdf(lines), Counts(both, (20, 21), 20))
    yield read(_F, "numbers.pdf", pdf([p.mobile for p in folk]), Counts({"mobile": _N}, 20, 20))
