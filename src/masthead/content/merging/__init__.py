"""Two changes of the same entry become one, or a list of the places where they cannot. Pure."""

from masthead.content.merging.clash import Clash, ClashLines, Span
from masthead.content.merging.merge import Merged, Side, merge
from masthead.content.merging.text_lines import merge_text

__all__ = ["Clash", "ClashLines", "Merged", "Side", "Span", "merge", "merge_text"]
