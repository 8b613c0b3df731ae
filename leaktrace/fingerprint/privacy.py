"""Files that only their owner may read."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

# Protected from inheritance; full access for the owner alone.
_OWNER_ONLY = "D:P(A;;FA;;;OW)"
_DACL_SECURITY_INFORMATION = 4


def restrict_to_owner(path: Path) -> None:
    """Leave ``path`` to its owner alone, as far as its file system can.

    On POSIX systems the mode becomes 0600; on Windows the access list names the owner only. A file
    system without permissions (FAT, some network shares) keeps the file as it is.
    """
    if sys.platform == "win32":
        _restrict_on_windows(path)
    else:
        with contextlib.suppress(OSError):
            path.chmod(0o600)


def _restrict_on_windows(path: Path) -> None:
    if sys.platform == "win32":
        import ctypes

        descriptor = ctypes.c_void_p()
        security = ctypes.WinDLL("advapi32", use_last_error=True)
        made = security.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            ctypes.c_wchar_p(_OWNER_ONLY), 1, ctypes.byref(descriptor), None
        )
        if made:
            security.SetFileSecurityW(
                ctypes.c_wchar_p(str(path)), _DACL_SECURITY_INFORMATION, descriptor
            )
            ctypes.WinDLL("kernel32").LocalFree(descriptor)
