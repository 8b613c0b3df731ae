"""A Word table: numbers cut over several runs, tables inside cells, text box, footer."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import zip_put

NAME = "17-维权人员登记.docx"


def build(out: Path) -> Built:
    draw = Maker(117)
    r = draw.r

    def run(s):
        return (
            f'<w:r w:rsidR="00{draw.hexes(6).upper()}"><w:t xml:space="preserve">{escape(s)}</w:t>'
            "</w:r>"
        )

    def cut(s):
        k = sorted(r.sample(range(1, len(s)), 2)) if len(s) > 4 and r.random() < 0.6 else []
        p = [s[a:b] for a, b in zip([0, *k], [*k, len(s)], strict=True)]
        return '<w:proofErr w:type="spellStart"/>'.join(run(x) for x in p)

    def nb(m):  # number written with Word's non-breaking hyphen element
        a, b, c = m.split("-")
        return (
            f"<w:r><w:t>{a}</w:t><w:noBreakHyphen/><w:t>{b}</w:t><w:noBreakHyphen/><w:t>{c}</w:t>"
            "</w:r>"
        )

    def para(x):
        return f"<w:p>{x}</w:p>"

    def cell(x):
        inside = x + "<w:p/>" if x.startswith("<w:tbl>") else para(x)
        return f"<w:tc><w:tcPr/>{inside}</w:tc>"

    def tr(cs):
        return "<w:tr>" + "".join(cell(c) for c in cs) + "</w:tr>"

    rows = [tr([run(h) for h in ["序号", "姓名", "手机", "身份证号", "车牌", "家属"]])]
    for i in range(150):
        m = nb(draw.mobile("dash")) if i % 10 == 3 else cut(draw.mobile())
        fam = (
            "<w:tbl>" + tr([cut(draw.name()), cut(draw.mobile())]) + "</w:tbl>"
            if i % 15 in (1, 4, 8, 12)
            else run("无")
        )
        rows.append(
            tr(
                [
                    run(str(i + 1)),
                    cut(draw.name()),
                    m,
                    cut(draw.id18()),
                    run(draw.plate(i % 4 == 1)) if i % 2 else run("/"),
                    fam,
                ]
            )
        )
    ns = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeD'
        'ocument/2006/relationships"'
    )
    box = (
        '<w:r><w:pict><v:shape style="width:200pt;height:40pt"><v:textbox><w:txbxContent>'
        f"{para(run('登记处座机 ') + cut(draw.landline()))}</w:txbxContent></v:textbox></v:shape>"
        "</w:pict></w:r>"
    )
    doc = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {ns}><w:body>'
        f"{para(run('投资受损人员登记表'))}{para(box)}<w:tbl>{''.join(rows)}</w:tbl>"
        f'{para(run("共150人"))}<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>'
        "</w:sectPr></w:body></w:document>"
    )
    foot = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr {ns}>'
        f"{para(run('咨询热线 ') + cut(draw.hotline()))}</w:ftr>"
    )
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w") as z:
        zip_put(
            z,
            "[Content_Types].xml",
            (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types '
                'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
                'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
                '+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
                'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedo'
                'cument.wordprocessingml.document.main+xml"/><Override PartName="/word/footer1.xml"'
                ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.foote'
                'r+xml"/></Types>'
            ),
        )
        zip_put(
            z,
            "_rels/.rels",
            (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships '
                'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/200'
                '6/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
            ),
        )
        zip_put(z, "word/document.xml", doc)
        zip_put(z, "word/footer1.xml", foot)
        zip_put(
            z,
            "word/_rels/document.xml.rels",
            (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships '
                'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/200'
                '6/relationships/footer" Target="footer1.xml"/></Relationships>'
            ),
        )
    (out / NAME).write_bytes(b.getvalue())
    return NAME, draw.truth(
        (
            "Word table of 150 people: numbers cut over several runs, some with "
            "non-breaking-hyphen elements, relatives in tables inside cells, text box, footer"
        ),
        (
            "find only pieces of numbers because runs split them; drop w:noBreakHyphen; miss "
            "nested tables, text box and footer"
        ),
        None,
        190,
    )
