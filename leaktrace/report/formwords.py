"""The words of the electronic-data list, in Chinese and English at once."""

from __future__ import annotations

from leaktrace.case.custody import CustodyRecord
from leaktrace.intake.blocks import MemberReport

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
    "weblog": _LOG,
    "sql": _DATABASE,
    "sqlite": _DATABASE,
    "sketch": _FINGERPRINT,
    "": _UNKNOWN,
}

_FORMS = {
    "text": "文本 Text",
    "prose": "文本 Text",
    "cards": "文本 Text",
    "chat": "聊天记录文本 Chat as text",
    "weblog": "网站日志 Web log",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "vcard": "通讯录 vCard",
    "sql": "SQL 导出 SQL dump",
    "html": "HTML",
    "spreadsheetml": "Excel 2003 XML",
    "mail": "电子邮件 E-mail",
    "archive": "压缩包 Archive",
    "office": "加密的 Office 文件 Encrypted Office file",
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
        parts.append(f"文件修改时间 File modified at {one.original.modified_at}")
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
    return f"未读取 Not read: {reason}"
