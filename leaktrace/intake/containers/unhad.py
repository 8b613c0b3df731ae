"""Why a member of an archive cannot be had; the walk names the file in it."""

from __future__ import annotations

from leaktrace.messages import _


class Unhad(Exception):  # noqa: N818 - the refusal of one member, reported as a value
    """A member, or an archive, cannot be unpacked.

    Parameters
    ----------
    code : str
        As in :class:`~leaktrace.errors.InputRefused`.
    message : str
        Translated, with ``{file}`` where the name is to stand.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def damaged() -> Unhad:
    """It is cut off, or its checksum does not fit."""
    message = _(
        "{file} is cut off or damaged, and what was had of it is not trusted; copy the archive "
        "again from where it came."
    )
    return Unhad("truncated", message)


def rest_damaged() -> Unhad:
    """From here on the archive cannot be read."""
    message = _(
        "{file}: from here on the archive is cut off or damaged; what stands before was read. "
        "Copy it again from where it came."
    )
    return Unhad("truncated", message)


def locked(tried: bool) -> Unhad:
    """It is encrypted, and no password fits; ``tried``: some were given."""
    if tried:
        message = _(
            "{file} is encrypted, and no password that was given fits; give others with "
            "--password, or with a password list."
        )
    else:
        message = _("{file} is encrypted; give its password with --password.")
    return Unhad("encrypted", message)


def too_big() -> Unhad:
    """It unpacks to more than one member may hold."""
    message = _(
        "{file} unpacks to more than is allowed; unpack it yourself, split the list in it and "
        "name the parts."
    )
    return Unhad("too-big", message)


def bomb() -> Unhad:
    """It unpacks to so much more than it is that it must be made to do harm."""
    message = _(
        "{file} unpacks to so many times its size that it was taken for a bomb and left; if it "
        "is none, unpack it yourself and name what is in it."
    )
    return Unhad("too-big", message)


def exhausted() -> Unhad:
    """All that may be unpacked of one file is unpacked."""
    message = _(
        "{file}: so much was unpacked by now that nothing more of the archive was read, here and "
        "after it; unpack it yourself and name what is in it."
    )
    return Unhad("too-big", message)


def too_many() -> Unhad:
    """It holds more files than are read."""
    message = _(
        "{file}: the archive holds more files than are read of one; those from here on were "
        "left. Unpack it yourself and name the lists in it."
    )
    return Unhad("too-many-members", message)


def too_deep() -> Unhad:
    """It is an archive within too many others."""
    message = _(
        "{file} is packed in so many archives that it was left; unpack the outer ones yourself."
    )
    return Unhad("too-deep", message)


def repeated() -> Unhad:
    """An archive of the same bytes was unpacked so often that more would be a bomb."""
    message = _(
        "{file} is an archive that stands here again and again, byte for byte; it was read the "
        "first times and left now."
    )
    return Unhad("repeated", message)


def unsupported() -> Unhad:
    """It is packed or encrypted in a way that nothing here undoes."""
    message = _(
        "{file} is packed in a way that cannot be undone here; unpack it with 7-Zip and name "
        "what comes out."
    )
    return Unhad("unsupported", message)


def in_volumes() -> Unhad:
    """It is one part of an archive in several files."""
    message = _(
        "{file} is part of an archive in several volumes; put them into one folder, unpack the "
        "first with 7-Zip and name what comes out."
    )
    return Unhad("volumes", message)


def not_installed(extra: str) -> Unhad:
    """What unpacks it is an extra that is not there."""
    message = _(
        "{file} cannot be opened without what is missing here: install it with "
        'pip install "leaktrace[{extra}]", or unpack the archive and name the lists in it.'
    )
    return Unhad("not-installed", message.replace("{extra}", extra))


def no_room() -> Unhad:
    """The disk on which large members wait is full."""
    message = _("{file}: there is no room on the disk to unpack it; free some and try again.")
    return Unhad("no-space", message)


def link() -> Unhad:
    """It is a link."""
    return Unhad("link", _("{file} is a link inside the archive; links are named, not followed."))


def pipe() -> Unhad:
    """It is a named pipe."""
    message = _("{file} is a named pipe inside the archive; it holds nothing to be read.")
    return Unhad("special", message)


def device() -> Unhad:
    """It is a device."""
    message = _("{file} is a device inside the archive; it holds nothing to be read.")
    return Unhad("special", message)


def special() -> Unhad:
    """It is neither a file nor anything else that is known."""
    message = _("{file} is an entry of an unusual kind; it holds nothing to be read.")
    return Unhad("special", message)


def folder() -> Unhad:
    """It is a folder with nothing in it."""
    return Unhad("empty-folder", _("{file} is a folder with nothing in it."))


def litter() -> Unhad:
    """Systems and programs leave such files beside others."""
    message = _("{file} is what a system or a program leaves beside files; it was left.")
    return Unhad("litter", message)
