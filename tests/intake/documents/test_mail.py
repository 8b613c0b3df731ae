"""Letters and web archives: each text and each file in them is read for what it is."""

from __future__ import annotations

from email.message import EmailMessage

from deeds import MOBILES, read, workbook

from leaktrace.intake.containers.mail import is_mail

PAGE = (
    "<html><table><tr><td>姓名</td><td>电话</td></tr>"
    f"<tr><td>张三</td><td>{MOBILES[0]}</td></tr></table>"
)


def written(tmp_path, data, name="a.eml"):
    path = tmp_path / name
    path.write_bytes(data)
    reading, got = read(path)
    return reading, got, {member.member: member.form for member in reading.members}


def found(got):
    return {str(value) for _row, _column, kind, value, _text in got["found"] if kind == "mobile"}


def letter(**attached):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "名单"
    message["Message-ID"] = "<1@example.com>"
    message.set_content("见附件\n", charset="gb2312")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_attached_files(tmp_path):
    book = workbook([["姓名", "电话"], ["张三", MOBILES[0]]])
    data = letter(**{"名单.xlsx": book, "more.csv": f"{MOBILES[1]}\n".encode()}).as_bytes()
    _reading, got, members = written(tmp_path, data)
    assert members == {None: "mail", "text.txt": "text", "名单.xlsx": "xlsx", "more.csv": "text"}
    assert found(got) == {MOBILES[0], MOBILES[1]}


def test_of_two_writings_the_page_is_read_and_pictures_are_left(tmp_path):
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = "a@example.com", "b@example.com", "x"
    message.set_content(f"张三 {MOBILES[0]}")
    message.add_alternative(PAGE, subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<x>")
    reading, got, members = written(tmp_path, message.as_bytes())
    assert members["text.html"] == "html"
    assert found(got) == {MOBILES[0]}
    assert got["identified"] == 1
    assert [member.status for member in reading.members].count("litter") == 1


def test_a_letter_in_a_letter(tmp_path):
    outer = letter()
    outer.add_attachment(letter(**{"in.csv": f"{MOBILES[2]}\n".encode()}))
    _reading, got, members = written(tmp_path, outer.as_bytes())
    assert found(got) == {MOBILES[2]}
    assert list(members.values()).count("mail") == 2


def test_a_web_archive_of_a_spreadsheet_program(tmp_path):
    def part(name, text, kind='text/html; charset="gb2312"'):
        return (
            f"------=_NextPart\r\nContent-Location: file:///C:/0D/{name}\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            f"Content-Type: {kind}\r\n\r\n{text}\r\n\r\n"
        )

    table = PAGE.replace("=", "=3D").encode("gb18030")
    table = table.replace("张".encode("gb18030"), b"=D5=C5")
    text = (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        'Content-Type: multipart/related; boundary="----=_NextPart"\r\n\r\n'
        + part("book.htm", '<html><frameset><frame src=3D"sheet001.htm"></frameset></html>')
        + part("book.files/sheet001.htm", table.decode("latin-1"))
        + part("book.files/filelist.xml", '<xml><o:File HRef=3D"sheet001.htm"/></xml>', "text/xml")
        + "------=_NextPart--\r\n"
    )
    reading, got, members = written(tmp_path, text.encode("latin-1"), "book.xls")
    assert members["sheet001.htm"] == "html"
    assert found(got) == {MOBILES[0]}
    assert "张三" in got["names"]
    assert not any(
        member.status == "refused" and "filelist" in member.member for member in reading.members[1:]
    )


def test_a_pasted_card_is_no_letter():
    for text in (
        "Name: Zhang\nPhone: 138\nDate: 2026-03-01\nFrom: Nanjing\n",
        "From: a\nTo: b\nSubject: c\n138\n",
        "姓名：张三\n电话：138\n",
        "date,from,to,subject\n1,2,3,4\n",
    ):
        assert not is_mail(text.encode())


def test_of_two_writings_both_are_read_where_one_has_more_numbers(tmp_path):
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = "a@example.com", "b@example.com", "x"
    message.set_content(
        f"张三 {MOBILES[0]}，打我 {MOBILES[1][:3]}-{MOBILES[1][3:7]}-{MOBILES[1][7:]}"
    )
    message.add_alternative(PAGE, subtype="html")
    _reading, got, members = written(tmp_path, message.as_bytes())
    assert set(members) == {None, "text.txt", "text.html"}
    assert found(got) == {MOBILES[0], MOBILES[1]}


def test_a_text_of_names_dashes_and_codes_is_chinese(tmp_path):
    lines = "".join(f"张三——{mobile}——91500103MA39QEXQ38\r\n" for mobile in MOBILES[:3])
    _reading, got, _members = written(tmp_path, lines.encode("gbk"), "a.txt")
    assert found(got) == set(MOBILES[:3])
