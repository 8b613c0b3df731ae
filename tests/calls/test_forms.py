"""Every form of file gives the same calls."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from leaktrace.calls.forms import read_calls_file
from leaktrace.errors import InputRefused
from tests.calls.made import write

BACKUP = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<!--File Created By SMS Backup & Restore v10-->
<calls count="4" backup_set="a" type="full">
  <call number="17091234567" duration="35" date="1743472800000" type="1" presentation="1" />
  <call number="13512340000" duration="0" date="1743472900000" type="3" presentation="1" />
  <call number="13512340000" duration="9" date="1743473000000" type="2" presentation="1" />
  <call number="-2" duration="9" date="1743473000000" type="1" presentation="2" />
</calls>
"""
MESSAGES = """<?xml version='1.0' encoding='UTF-8' ?>
<smses count="3">
  <sms protocol="0" address="10690000123" date="1743472800000" type="1"
    body="贷款&#55357;&#56832;额度" />
  <sms protocol="0" address="13512340000" date="1743472800000" type="2" body="out" />
  <mms date="1743472800000" msg_box="1" address="insert-address-token">
    <parts><part seq="0" ct="text/plain" text="look" /></parts>
    <addrs><addr address="13512340000" type="137" />
    <addr address="13761234098" type="151" /></addrs>
  </mms>
</smses>
"""


def test_a_backup_of_android_calls(tmp_path: Path) -> None:
    path = tmp_path / "calls-20250401.xml"
    path.write_text(BACKUP, encoding="utf-8")
    found = read_calls_file(path)
    assert (found.form, found.outgoing) == ("android", 1)
    first, missed, hidden = (row.values for row in found.rows)
    assert first["caller"] == "17091234567" and first["duration_s"] == "35"
    assert first["started_at"] == "2025-04-01T10:00:00+08:00"
    assert (missed["caller"], hidden["caller"]) == ("13512340000", "")
    assert [row.number for row in found.rows] == [1, 2, 4]


def test_a_backup_of_android_messages(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    path.write_text(MESSAGES, encoding="utf-8")
    found = read_calls_file(path)
    assert found.outgoing == 1
    sms, mms = (row.values for row in found.rows)
    assert (sms["kind"], sms["transcript"]) == ("sms", "贷款😀额度")
    assert (mms["caller"], mms["transcript"]) == ("13512340000", "look")


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE calls [<!ENTITY a "aaaaaaaa">]>',
        '<!DOCTYPE calls SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_a_backup_that_declares_a_type_is_refused(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "calls.xml"
    path.write_text(BACKUP.replace("<calls", f"{declared}\n<calls"), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_calls_file(path)
    assert refused.value.code == "unsafe"


def test_a_backup_cut_in_the_middle_gives_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "calls.xml"
    path.write_text(BACKUP[: BACKUP.index("1743473000000")], encoding="utf-8")
    found = read_calls_file(path)
    assert [row.values["caller"] for row in found.rows[:2]] == ["17091234567", "13512340000"]
    assert [warning.code for warning in found.warnings] == ["truncated"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_carriers_bill(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "详单.csv"
    lines = [
        ("1", "2025-04-01 10:00:00", "被叫", "17091234567", "1分20秒", "上海"),
        ("2", "2025-04-01 10:05:00", "主叫", "13512340000", "20秒", "上海"),
        ("3", "2025-04-01 10:06:00", "短信接收", "10690000123", "", "上海"),
        ("4", "2025-04-01 10:07:00", "", "10690000123", "", "上海"),
    ]
    header = "序号,起始时间,呼叫类型,对方号码,通话时长,通信地点"
    found = read_calls_file(write(path, header, *lines, encoding=encoding))
    assert (found.form, found.outgoing) == ("bill", 1)
    first, message, vague = (row.values for row in found.rows)
    assert (first["caller"], first["duration_s"]) == ("17091234567", "1分20秒")
    assert (message["kind"], message["caller"]) == ("sms", "10690000123")
    assert vague["started_at"] == ""


def test_a_bill_in_a_workbook_below_a_preamble(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["通话详单"])
    sheet.append(["客户姓名", "某某"])
    sheet.append(["通话开始时间", "对方号码", "通话类型", "通话时长", "本机号码"])
    sheet.append(["2025/4/1 10:00", "17091234567", "被叫", "00:01:20", "13761234098"])
    sheet.append(["2025/4/1 11:00", "17091234567", "主叫", "00:01:20", "13761234098"])
    book.save(tmp_path / "bill.xlsx")
    found = read_calls_file(tmp_path / "bill.xlsx")
    assert (found.form, found.outgoing) == ("bill", 1)
    (row,) = found.rows
    assert row.number == 4 and row.values["callee"] == "13761234098"
    assert row.title("started_at") == "通话开始时间"


ASTERISK = (
    '"","17091234567","13761234098","from-trunk","""x"" <17091234567>","SIP/t-1","SIP/301-2",'
    '"Dial","SIP/301","2025-04-01 10:00:00","2025-04-01 10:00:05","2025-04-01 10:00:40",40,35,'
    '"ANSWERED","DOCUMENTATION","1743472800.1",""\n'
)
CUSTOM = (
    '"""x"" <17091234567>","17091234567","13761234098","from-trunk","SIP/t-1","SIP/301-2","Dial",'
    '"SIP/301","2025-04-01 10:00:00","2025-04-01 10:00:05","2025-04-01 10:00:40",40,35,'
    '"ANSWERED","DOCUMENTATION","","1743472800.1",""\n'
)
FREESWITCH = (
    '"x","17091234567","13761234098","public","2025-04-01 10:00:00","2025-04-01 10:00:05",'
    '"2025-04-01 10:00:40","40","35","NORMAL_CLEARING","a5c9f6c0-e752","","","PCMU","PCMU"\n'
)
WITH_HEADER = (
    "calldate,clid,src,dst,dcontext,channel,lastapp,duration,billsec,disposition,did\n"
    "2025-04-01 10:00:00,x,17091234567,301,from-trunk,SIP/t-1,Dial,40,35,ANSWERED,13761234098\n"
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (ASTERISK, "asterisk"),
        (ASTERISK * 3, "asterisk"),
        (CUSTOM, "asterisk"),
        (FREESWITCH, "freeswitch"),
        (FREESWITCH + "x,y\n" + FREESWITCH, "freeswitch"),
        (WITH_HEADER, "asterisk"),
        (
            "caller_id_number,destination_number,start_stamp,billsec\n"
            "17091234567,13761234098,2025-04-01 10:00:00,35\n",
            "freeswitch",
        ),
    ],
)
def test_records_of_exchanges(tmp_path: Path, text: str, form: str) -> None:
    path = tmp_path / "Master.csv"
    path.write_text(text, encoding="utf-8")
    found = read_calls_file(path)
    assert found.form == form
    first = found.rows[0].values
    assert (first["caller"], first["callee"]) == ("17091234567", "13761234098")
    assert (first["started_at"], first["duration_s"]) == ("2025-04-01 10:00:00", "35")


@pytest.mark.parametrize("text", ["name,mobile\nx,13761234098\n", "1,2,3\n4,5,6\n", "hello\n"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_calls_file(path)
    assert refused.value.code == "no-calls"
