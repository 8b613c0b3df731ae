"""The case folder: ledger, list files, keys."""
