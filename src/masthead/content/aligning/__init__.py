"""What corresponds to what in two versions: of a list, of a text's lines or words, of a list of blocks."""

from masthead.content.aligning.alignment import Hunk, Match, hunks, matches
from masthead.content.aligning.block_pairs import BlockPairs, pair_blocks
from masthead.content.aligning.json_values import is_same, without_nulls

__all__ = ["BlockPairs", "Hunk", "Match", "hunks", "is_same", "matches", "pair_blocks", "without_nulls"]
