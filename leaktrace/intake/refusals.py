"""Why one file cannot be taken in: the codes, the words and the cures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from leaktrace.errors import InputRefused
from leaktrace.intake.material import WITHIN, Material
from leaktrace.messages import _


def legible(path: Path | str) -> str:
    """The path as text that can be stored and shown anywhere.

    Where the system's encoding cannot say a file's name (``LC_ALL=C``), Python holds its bytes as
    lone surrogates; they are read as UTF-8, and what is none is written ``\\xe6``.
    """
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        except UnicodeEncodeError:
            return text.encode("utf-8", "backslashreplace").decode()
    return text


def on_disk(name: str) -> str:
    """The other way: ``name`` so that the system can be asked for the file of that name."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        with suppress(UnicodeError):
            return os.fsdecode(name.encode())
    return name


def shown(file: Material | Path | str) -> str:
    """The file as the user named it, in one line, with any identifier in it masked."""
    if isinstance(file, Material):
        return WITHIN.join(filter(None, (shown(file.path), shown_member(file))))
    return _masked(legible(file))


@lru_cache(maxsize=256)
def _masked(text: str) -> str:
    # Of an archive with 100,000 members each name is asked for seven times.
    from leaktrace.identifiers.masking import mask_text

    return mask_text("".join(c if c.isprintable() else "?" for c in text))


def shown_member(material: Material) -> str | None:
    """The way to a member from the outermost archive on, masked; None for a file on the disk."""
    return WITHIN.join(map(shown, material.chain)) if material.chain else None


def refused(at: Material | Path | str, code: str, message: str, *, place: str = "") -> InputRefused:
    """The refusal of a file; ``{file}`` and ``{place}`` in ``message`` are filled in."""
    file = shown(at)
    text = message.replace("{place}", place).replace("{file}", file)
    return InputRefused(text, code=code, file=file, place=place)


@contextmanager
def opening(at: Material | Path) -> Iterator[BinaryIO]:
    """A file, or a member of an archive, opened to read its bytes.

    Raises
    ------
    InputRefused
        ``"missing"``, ``"not-a-file"``, ``"permission"`` or ``"unreadable"``.
    """
    material = at if isinstance(at, Material) else Material(at)
    try:
        if material.content is None:
            _check_file(material)
        file = material.open()
    except OSError as error:
        raise _unopened(material, error) from None
    with file:
        try:
            yield file
        except OSError as error:
            raise _unopened(material, error) from None


def _check_file(material: Material) -> None:
    # A pipe or a device would be waited on for ever.
    path = material.path
    if path.is_dir():
        raise IsADirectoryError
    if path.exists() and not path.is_file():
        raise refused(material, "not-a-file", _of_special(path))


def _of_special(path: Path) -> str:
    if path.is_fifo():
        return _(
            "{file} is a named pipe, not a file; write what comes out of it to a file, and name "
            "that file."
        )
    if path.is_socket():
        return _("{file} is a socket, not a file; name the list itself.")
    if path.is_char_device() or path.is_block_device():
        return _("{file} is a device, not a file; copy the list from it and name the copy.")
    return _("{file} is not a file of the usual kind; copy the list and name the copy.")


def _unopened(path: Material, error: OSError) -> InputRefused:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return refused(path, "missing", _("{file}: there is no such file; check the path."))
    if isinstance(error, IsADirectoryError):
        return refused(
            path, "not-a-file", _("{file} is not a file; name the list itself, not its folder.")
        )
    if isinstance(error, PermissionError):
        message = _("{file} may not be read; change its permissions or close it elsewhere.")
        return refused(path, "permission", message)
    message = _("{file} cannot be read from the disk; copy it afresh and try again.")
    return refused(path, "unreadable", message)
