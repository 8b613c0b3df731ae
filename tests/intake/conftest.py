"""Makes ``deeds`` importable here and in the worker's process."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
