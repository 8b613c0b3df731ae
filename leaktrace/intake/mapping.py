"""What the user says that columns hold: ``--map COLUMN=KIND``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leaktrace.errors import UsageError
from leaktrace.identifiers.kinds import KIND
from leaktrace.intake.headers import header_kind, normal
from leaktrace.messages import _, current_language

ROLES = ("name", "registered_at", "ignore")
# What people may write in Chinese for each kind, besides what headers say of it; the first word is
# the one that the tables print.
_CHINESE = {
    "mobile": ("手机号", "手机", "手机号码"),
    "mobile_foreign": ("境外手机号", "境外手机", "国外手机号"),
    "landline": ("固定电话", "固话", "座机"),
    "hotline": ("热线号码", "热线"),
    "id_number": ("身份证号", "身份证", "身份证号码"),
    "id_number_suspect": ("校验位错误的身份证号",),
    "uscc": ("统一社会信用代码", "信用代码"),
    "email": ("电子邮箱", "邮箱"),
    "plate": ("车牌号", "车牌"),
    "mobile_masked": ("打码手机号", "打码手机"),
    "id_number_masked": ("打码身份证号", "打码身份证"),
    "name_mobile_masked": ("姓名加打码手机号",),
    "name_last4": ("姓名加尾号后四位", "姓名加尾号"),
    "name": ("姓名", "名字"),
    "registered_at": ("登记时间", "注册时间"),
    "ignore": ("忽略", "其他", "其它", "不用", "跳过"),
}
_CODES = {word: code for code, words in _CHINESE.items() for word in words}


def kind_code(word: str) -> str | None:
    """The code of the kind that ``word`` means, None where it means none.

    >>> kind_code("手机"), kind_code("mobile"), kind_code("other"), kind_code("x")
    ('mobile', 'mobile', 'ignore', None)
    """
    plain = word.strip().lower().replace("-", "_")
    if plain in KIND or plain in ROLES:
        return plain
    if plain == "other":
        return "ignore"
    by_header = header_kind(word)
    # A header may say that a column is something else; of a mapping that would be a guess.
    return _CODES.get(normal(word)) or (by_header if by_header not in ("other", "serial") else None)


def allowed_kinds() -> str:
    """The kinds that may be written, in the language of the process with their codes."""
    if current_language() == "zh":
        return "、".join(f"{_CHINESE[code][0]} ({code})" for code in (*KIND, *ROLES))
    return ", ".join((*KIND, *ROLES))


def checked_kinds(mapping: Mapping[str, str]) -> dict[str, str]:
    """``mapping`` with the codes of its kinds.

    Raises
    ------
    UsageError
        Where a kind is not known, or a column has no name.
    """
    codes: dict[str, str] = {}
    for column, word in mapping.items():
        code = kind_code(word)
        if code is None:
            message = _("{kind} is no kind of column; known are {known}.")
            raise UsageError(message.format(kind=_shown(word), known=allowed_kinds()))
        if not column.strip():
            raise UsageError(_("Name the column to map: its header, or its number from 1."))
        codes[column] = code
    return codes


def mapped_kind(mapping: Mapping[str, str], column: int, header: str | None) -> str | None:
    """What ``mapping`` says of the column at position ``column`` (from 0)."""
    for key, kind in mapping.items():
        if _names(key, column, header):
            return kind
    return None


def check_columns(
    mapping: Mapping[str, str], tables: Iterable[tuple[int, Sequence[str | None]]]
) -> None:
    """Raise a :class:`UsageError` where ``mapping`` names a column that no table has.

    ``tables`` gives the width and the headers of each.
    """
    tables = list(tables)
    for key in mapping:
        if not any(
            _names(key, i, headers[i] if i < len(headers) else None)
            for width, headers in tables
            for i in range(width)
        ):
            message = _(
                "There is no column {column} to map; give a header as it stands in the list, "
                "or the column's number from 1."
            )
            raise UsageError(message.format(column=_shown(key)))


def _names(key: str, column: int, header: str | None) -> bool:
    if header is not None and (header == key.strip() or normal(header) == normal(key)):
        return True
    return key.strip().isascii() and key.strip().isdigit() and int(key) == column + 1


def _shown(text: str) -> str:
    from leaktrace.identifiers.masking import mask_text

    return mask_text(text)
