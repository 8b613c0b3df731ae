"""Hostile documents: entities, far cells, lying dimensions, endless nesting."""

from __future__ import annotations

from collections.abc import Iterator

from tests.data.make.books import ods, part, patched, shared, xls, xlsx
from tests.data.make.case import Case, Counts, either, read, refuse
from tests.data.make.markup import html, spreadsheetml
from tests.data.make.people import people
from tests.data.make.prose import docx, pdf

_F = "documents"
_N = 20
_BAD = ("truncated", "too-big", "document", "unsafe", "bomb", "damaged", "empty")
SECRET = people(11_999, 1)[0].mobile
"""Stands in a file beside the corpus; what names that file must not bring it in."""

SHEET = "xl/worksheets/sheet1.xml"
_LAUGHS = "".join(
    f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "13800138001,"}">' for i in range(10)
)
LAUGHS = f"<!DOCTYPE x [{_LAUGHS}]>"
QUADRATIC = f'<!DOCTYPE x [<!ENTITY q "{"13800138001 " * 8000}">]>'


def sheet_of(cells: str, dimension: str = "") -> bytes:
    """The XML of a sheet of rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<worksheet xmlns="{space}">{dimension}<sheetData>{cells}</sheetData></worksheet>'.encode()
    )


def inline(rows: list[tuple[str, ...]]) -> str:
    """Rows of inline strings."""
    return "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{v}</t></is></c>'
            for c, v in enumerate(row)
        )
        + "</row>"
        for r, row in enumerate(rows, 1)
    )


def cases() -> Iterator[Case]:
    """All of them."""
    folk = people(11_000, _N)
    rows = [("姓名", "手机号"), *((p.name, p.mobile) for p in folk)]
    only = Counts({"mobile": _N}, _N, _N)
    yield from _entities(rows, only)
    yield from _wide(rows, only)
    yield from _nesting(rows, only)


def _entities(rows: list[tuple[str, ...]], only: Counts) -> Iterator[Case]:
    book = xlsx(rows)
    for name, prolog, word in (("laughs", LAUGHS, "&l9;"), ("quadratic", QUADRATIC, "&q;" * 8000)):
        yield either(_F, f"{name}.xlsx", shared(rows, prolog, word), _BAD, only)
        sheet = f'<?xml version="1.0"?>{prolog}'.encode() + sheet_of(
            inline(rows).replace("姓名", word)
        )
        yield either(_F, f"{name}-in-sheet.xlsx", patched(book, {SHEET: sheet}), _BAD, only)
        old = spreadsheetml(rows, prolog=prolog).replace("姓名", word)
        yield either(_F, f"{name}.2003.xls", old.encode(), _BAD, only)
        office = docx(rows, word, prolog=prolog)
        yield either(_F, f"{name}.docx", office, _BAD, Counts({"mobile": _N}, None, _N))
        table = ods(rows)
        content = part(table, "content.xml").replace("?>", "?>" + prolog, 1).replace("姓名", word)
        yield either(
            _F, f"{name}.ods", patched(table, {"content.xml": content.encode()}), _BAD, only
        )
        records = f'<?xml version="1.0"?>{prolog}<list><r><tel>{word}</tel></r></list>'
        yield either(_F, f"{name}.xml", records.encode(), _BAD, Counts({}, None, 0, None))
    for name, target in (("file", "outside-secret.txt"), ("network", "http://127.0.0.1:9/x")):
        outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]>'
        yield either(_F, f"xxe-{name}.xlsx", shared(rows, outside, "&e;"), _BAD, only)
        old = spreadsheetml(rows, prolog=outside).replace("姓名", "&e;")
        yield either(_F, f"xxe-{name}.2003.xls", old.encode(), _BAD, only)
        page = f'<?xml version="1.0"?>{outside}{html(rows)}'.replace("姓名", "&e;")
        yield either(
            _F, f"xxe-{name}.html", page.encode(), _BAD, Counts({"mobile": _N}, (_N, _N + 1), _N)
        )
    parameter = (
        '<!DOCTYPE x SYSTEM "outside-secret.txt" [<!ENTITY % p SYSTEM "outside-secret.txt">%p;]>'
    )
    yield either(
        _F, "xxe-parameter.2003.xls", spreadsheetml(rows, prolog=parameter).encode(), _BAD, only
    )


def _wide(rows: list[tuple[str, ...]], only: Counts) -> Iterator[Case]:
    book = xlsx(rows)
    row = "".join(f"<td>{i}</td>" for i in range(200_000))
    yield refuse(
        _F, "wide.html", f"<table><tr>{row}</tr></table>".encode(), "too-many-columns", "too-big"
    )
    span = html(rows).replace("<td>", '<td colspan="99999999" rowspan="99999999">', 1)
    yield either(
        _F,
        "colspan.html",
        span.encode(),
        ("too-many-columns", "too-big"),
        only,
        Counts({"mobile": _N}, None, None),
    )
    index = spreadsheetml(rows).replace("<Cell><Data", '<Cell ss:Index="999999999"><Data', 1)
    yield either(
        _F,
        "index.2003.xls",
        index.encode(),
        ("too-many-columns", "too-big"),
        Counts({"mobile": _N}, None, _N),
    )
    many = sheet_of(
        "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 40_000))
    )
    yield read(_F, "long.xlsx", patched(book, {SHEET: many}), Counts({}, 39_999, 0))
    strings = sheet_of('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')
    yield either(
        _F, "string-index.xlsx", patched(book, {SHEET: strings}), _BAD, Counts({}, (0, 1), 0)
    )
    cell = inline([*rows, ("长" * 3_500_000, "")])
    yield either(
        _F,
        "cell-of-10-megabytes.xlsx",
        lambda: patched(book, {SHEET: sheet_of(cell)}),
        ("too-big",),
        Counts({"mobile": _N}, _N + 1, _N),
    )
    surrogate = inline(rows).replace("姓名", "_xD83D_&#xD83D;姓名")
    yield either(
        _F,
        "lone-surrogate.xlsx",
        patched(book, {SHEET: sheet_of(surrogate)}),
        _BAD,
        Counts({"mobile": _N}, (_N, _N + 1), _N),
    )
    emoji = html(rows).replace("姓名", "姓名&#55357;&#56832;")
    yield read(_F, "surrogate-references.html", emoji.encode(), only)
    nul = html(rows).replace("姓名", "姓\0名&#0;")
    yield read(_F, "nul.html", nul.encode(), Counts({"mobile": _N}, (_N, _N + 1), _N, (0, 1)))
    external = patched(
        book,
        {
            "xl/_rels/workbook.xml.rels": part(book, "xl/_rels/workbook.xml.rels")
            .replace("worksheets/sheet1.xml", "../../../outside-secret.txt")
            .encode()
        },
    )
    yield either(_F, "outside-sheet.xlsx", external, _BAD, Counts({}, 0, 0))
    yield either(
        _F,
        "no-sheets.xlsx",
        patched(book, {"xl/workbook.xml": b"<workbook/>"}),
        _BAD,
        Counts({}, 0, 0),
    )
    yield either(
        _F, "no-xml.xlsx", patched(book, {SHEET: b"\xff\xfe\0garbage" * 9}), _BAD, Counts({}, 0, 0)
    )
    yield read(_F, "macros.xlsx", patched(book, {"xl/vbaProject.bin": bytes(range(256))}), only)
    plain = xls(rows)
    yield either(
        _F,
        "damaged.xls",
        plain[:2000] + bytes(600) + plain[2600:],
        _BAD,
        Counts({"mobile": _N}, None, None),
    )
    loop = bytearray(plain)
    loop[0x200:0x400] = b"\0\0\0\0" * 128  # every sector leads to the first
    yield either(_F, "sector-loop.xls", bytes(loop), _BAD, only)


def _nesting(rows: list[tuple[str, ...]], only: Counts) -> Iterator[Case]:
    bad = (*_BAD, "too-deep")
    loose = Counts({"mobile": _N}, None, None)
    for name, tag in (("divs", "<div>"), ("tables", "<table><tr><td>"), ("fonts", "<b><i>")):
        tags = tag * (100_000 // tag.count("<"))
        yield either(
            _F, f"nested-{name}.html", (html(rows)[:-14] + tags).encode(), bad, only, loose
        )
        yield either(
            _F,
            f"nested-{name}-first.html",
            ("<html>" + tags + html(rows)).encode(),
            bad,
            loose,
            Counts({}, None, None, None),
        )
    tags = "<a>" * 100_000
    yield either(
        _F, "nested.xml", f"<?xml version='1.0'?>{tags}".encode(), bad, Counts({}, None, 0, None)
    )
    yield either(
        _F, "nested.xlsx", patched(xlsx(rows), {SHEET: sheet_of(tags)}), bad, Counts({}, 0, 0)
    )
    yield either(
        _F,
        "attributes.html",
        ("<table " + "a=1 " * 200_000 + ">" + html(rows)).encode(),
        bad,
        loose,
    )
    yield either(
        _F, "open-comment.html", (html(rows)[:-14] + "<!-- " * 50_000).encode(), bad, only, loose
    )
    lines = ["客户名单", *(f"{name} {tel}" for name, tel in rows[1:])]
    kids = pdf(lines).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield either(_F, "page-loop.pdf", kids, bad, Counts({}, None, 0))
    long = pdf(lines).replace(b"/Length ", b"/Length 9")
    yield either(
        _F,
        "stream-length.pdf",
        long,
        bad,
        Counts({"mobile": _N}, (20, 21), 20),
        Counts({}, None, 0),
    )
    yield refuse(_F, "head-only.pdf", b"%PDF-1.7\n" + b"x" * 400, *_BAD)
