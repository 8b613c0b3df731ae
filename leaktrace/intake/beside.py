"""Names that stand in the cells of numbers: 张三13812345678, 13812345678（李四）."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.names import looks_like_name

_HAN = r"\x{4e00}-\x{9fff}"
_NO_HAN = rf"[^{_HAN}0-9]*"
_LABELS = "(?:手机号码|手机号|手机|联系电话|联系方式|电话号码|电话|号码|身份证号|身份证)?"
_CALLED = "(?:姓名|客户姓名|客户|业主姓名|业主|联系人|购房人|机主|车主)?"
_TITLES = "(?:先生|女士|小姐|太太|老师)?"
_BEFORE = (
    rf"^{_NO_HAN}{_CALLED}{_NO_HAN}(?P<name>[{_HAN}]{{2,4}}?(?:·[{_HAN}]{{2,8}})?){_TITLES}"
    rf"{_NO_HAN}{_LABELS}{_NO_HAN}[0-9]"
)
_AFTER = (
    rf"[0-9]{_NO_HAN}{_CALLED}{_NO_HAN}(?P<name>[{_HAN}]{{2,4}}(?:·[{_HAN}]{{2,8}})?){_TITLES}"
    rf"{_NO_HAN}$"
)


def names_beside(column: Any) -> Any:
    """The name in each cell of a StringArray that also holds numbers, null where none does."""
    before = _extracted(column, _BEFORE)
    return pc.coalesce(before, _extracted(column, _AFTER))


def beside_share(column: Any) -> float:
    """The share of the filled cells with a name beside a number."""
    filled = int(pc.sum(pc.greater(pc.utf8_length(column), 0)).as_py() or 0)
    named = names_beside(column)
    return (len(named) - named.null_count) / filled if filled else 0.0


def _extracted(column: Any, pattern: str) -> Any:
    found = pc.extract_regex(column, pattern)
    names = pc.struct_field(found, "name").dictionary_encode()
    good = [bool(text) and looks_like_name(text) for text in names.dictionary.to_pylist()]
    kept = pa.array([i if one else None for i, one in enumerate(good)], pa.int32())
    return (
        names.dictionary.take(kept.take(names.indices))
        if len(good)
        else pa.nulls(len(column), pa.string())
    )
