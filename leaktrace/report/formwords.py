"""The words of the electronic-data list, in Chinese and English at once."""

from __future__ import annotations

from leaktrace.case.custody import CustodyRecord
from leaktrace.intake.blocks import MemberReport
from leaktrace.messages import in_language
from leaktrace.times import clock

_FILE = "电子文件·文档 Electronic file: document"
_ARCHIVE = "电子文件·压缩包 Electronic file: archive"
_MESSAGE = "通信信息·电子邮件 Communication: e-mail"
_LOG = "登录日志等信息 Logs"
_DATABASE = "电子文件·数据库导出 Electronic file: database dump"
_FINGERPRINT = "电子文件·名单指纹 Electronic file: fingerprint of a list"
_UNKNOWN = "电子文件 Electronic file"

_CATEGORIES = {
    **dict.fromkeys(("zip", "tar", "gz", "bz2", "xz", "zst", "7z", "rar", "archive"), _ARCHIVE),
    **dict.fromkeys(("mail", "eml", "msg", "mbox"), _MESSAGE),
    **dict.fromkeys(("log", "weblog"), _LOG),
    "sql": _DATABASE,
    **dict.fromkeys(("sqlite", "dbf"), "电子文件·数据库 Electronic file: database"),
    "sketch": _FINGERPRINT,
    "": _UNKNOWN,
}

_FORMS = {
    "text": "文本 Text",
    "prose": "文本 Text",
    "cards": "文本 Text",
    "turned": "文本 Text",
    "wall": "文本 Text",
    "stanzas": "文本 Text",
    "chat": "聊天记录文本 Chat as text",
    "log": "网站日志 Web log",
    "weblog": "网站日志 Web log",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "vcard": "通讯录 vCard",
    "sql": "SQL 导出 SQL dump",
    "html": "HTML",
    "excel-xml": "Excel 2003 XML",
    "flat-ods": "OpenDocument 表格 (XML) OpenDocument spreadsheet as XML",
    "xml": "XML",
    "xlsx": "Excel 工作簿 Excel workbook (XLSX)",
    "xlsb": "Excel 工作簿 Excel workbook (XLSB)",
    "xls": "Excel 97-2003 工作簿 Excel 97-2003 workbook (XLS)",
    "ods": "OpenDocument 表格 OpenDocument spreadsheet (ODS)",
    "docx": "Word 文档 Word document (DOCX)",
    "doc": "Word 97-2003 文档 Word 97-2003 document (DOC)",
    "rtf": "RTF 文档 Rich Text document (RTF)",
    "pdf": "PDF 文档 PDF document",
    "dbf": "dBASE/FoxPro 数据表 dBASE or FoxPro table (DBF)",
    "sqlite": "SQLite 数据库 SQLite database",
    "mail": "电子邮件 E-mail",
    "msg": "Outlook 邮件 Outlook message (MSG)",
    "zip": "ZIP 压缩包 ZIP archive",
    "tar": "TAR 归档 TAR archive",
    "gz": "GZIP 压缩文件 GZIP file",
    "bz2": "BZIP2 压缩文件 BZIP2 file",
    "xz": "XZ 压缩文件 XZ file",
    "zst": "Zstandard 压缩文件 Zstandard file",
    "7z": "7-Zip 压缩包 7-Zip archive",
    "rar": "RAR 压缩包 RAR archive",
    "archive": "压缩包 Archive",
    "office": "加密的 Office 文件 Encrypted Office file",
    "encrypted-office": "加密的 Office 文件 Encrypted Office file",
    "encrypted-xls": "加密的 Excel 97-2003 工作簿 Encrypted Excel 97-2003 workbook",
    "sketch": "名单指纹 Sketch",
    "": "",
}

_STATUS = {
    "container": "容器，见其下各项 Container: see below",
    "litter": "系统残留文件，未读取 System litter, not read",
}


def category(form: str) -> str:
    """The category of a file, after article 1 of the Provisions."""
    return _CATEGORIES.get(form, _FILE)


def form_name(form: str) -> str:
    """What a form is called."""
    return _FORMS.get(form, form.upper())


def remark(one: CustodyRecord | MemberReport) -> str:
    """What is to be noted of an original or a member."""
    if isinstance(one, MemberReport):
        refused = one.status == "refused"
        return _refusal(one.reason) if refused else _STATUS.get(one.status, "")
    parts = []
    if one.subject == "refused":
        parts.append(_refusal(one.reason))
    if one.subject == "reference":
        parts.append(f"来源 {one.subject_id} 的参考名单 Reference list of source {one.subject_id}")
    if one.original.modified_at:
        parts.append(f"文件修改时间 File modified at {clock(one.original.modified_at)}")
    if one.kept:
        parts.append("原件已加密保存于案卷 Original kept in the case, encrypted")
    if one.counts:
        counts = one.counts
        parts.append(
            f"行数 Rows {counts['rows']} = {counts['identified_rows']} + "
            f"{counts['unidentified_rows']} + {counts['refused_rows']}"
        )
    return "；".join(parts)


def _refusal(reason: str) -> str:
    chinese, english = in_language(reason, "zh"), in_language(reason, "en")
    if chinese == english:
        return f"未读取 Not read: {reason}"
    return f"未读取：{chinese} Not read: {english}"
