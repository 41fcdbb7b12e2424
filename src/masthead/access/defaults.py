"""What holds for a type of which content.py says nothing: the public reads what is live, authors write and
change what is theirs, editors do everything with entries. Owners may do everything anyway."""

from masthead.access.rule import Rule, allow, anyone
from masthead.access.this import is_live, is_own
from masthead.access.viewer import AUTHOR, EDITOR

DEFAULT_RULES: tuple[Rule, ...] = (
    allow("read", to=anyone, when=is_live),
    allow("create", to=AUTHOR),
    allow("read", "change", to=AUTHOR, when=is_own),
    allow("read", "create", "change", "publish", "delete", to=EDITOR),
)
