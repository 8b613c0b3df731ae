"""Why a source is named or not: its evidence piece by piece, and what else could be."""
