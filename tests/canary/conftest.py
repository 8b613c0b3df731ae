"""The same case, keys and worker as the tests of the case layer have."""

from tests.case.conftest import case, folder, keys, worker

__all__ = ["case", "folder", "keys", "worker"]
