"""Windows alone: a job object that bounds a process's memory and dies with its owner."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

_LIMIT_PROCESS_MEMORY = 0x00000100
_LIMIT_KILL_ON_CLOSE = 0x00002000
_EXTENDED_LIMITS = 9
_SET_QUOTA_AND_TERMINATE = 0x0100 | 0x0001


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("Basic", _BasicLimits),
        ("IoCounters", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class JobObject:
    """A job that holds one process; closing it ends the process.

    Where the system does not allow it (the process may have ended already), nothing is bounded
    and nothing fails: the time limit still holds.
    """

    def __init__(self, pid: int, memory: int) -> None:
        self._handle: int | None = None
        if sys.platform == "win32":
            self._assign(pid, memory)

    if sys.platform == "win32":

        def _assign(self, pid: int, memory: int) -> None:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
            kernel.OpenProcess.restype = wintypes.HANDLE
            kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
            kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
            kernel.SetInformationJobObject.argtypes = (
                wintypes.HANDLE,
                ctypes.c_int,
                ctypes.c_void_p,
                wintypes.DWORD,
            )
            kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
            job = kernel.CreateJobObjectW(None, None)
            process = kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, False, pid)
            if job and process:
                limits = _ExtendedLimits()
                limits.Basic.LimitFlags = _LIMIT_PROCESS_MEMORY | _LIMIT_KILL_ON_CLOSE
                limits.ProcessMemoryLimit = memory
                kernel.SetInformationJobObject(
                    job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
                )
                kernel.AssignProcessToJobObject(job, process)
            if process:
                kernel.CloseHandle(process)
            self._handle = job

        def __del__(self) -> None:
            if self._handle:
                ctypes.WinDLL("kernel32").CloseHandle(wintypes.HANDLE(self._handle))
                self._handle = None
