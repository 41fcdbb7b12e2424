"""Who may do what: viewers, policies and their predicates. Pure."""

from masthead.access.compile import compile_policies
from masthead.access.evaluate import Evaluator, PlainEntry, State
from masthead.access.explaining import Explanation, explain_access
from masthead.access.folding import all_of, fold, without_fields
from masthead.access.paths import lead
from masthead.access.policies import Policies, Shape
from masthead.access.predicate import ALWAYS, NEVER, Predicate
from masthead.access.rule import Declared, allow, anyone, group, hide, policies, signed_in
from masthead.access.shown import shown_model
from masthead.access.this import is_archived, is_draft, is_live, is_own, me, my_groups, this
from masthead.access.viewer import ACTIONS, ANONYMOUS, AUTHOR, EDITOR, OWNER, PLATFORM, Action, Viewer

__all__ = [
    "ACTIONS",
    "ALWAYS",
    "ANONYMOUS",
    "AUTHOR",
    "EDITOR",
    "NEVER",
    "OWNER",
    "PLATFORM",
    "Action",
    "Declared",
    "Evaluator",
    "Explanation",
    "PlainEntry",
    "Policies",
    "Predicate",
    "Shape",
    "State",
    "Viewer",
    "all_of",
    "allow",
    "anyone",
    "compile_policies",
    "explain_access",
    "fold",
    "group",
    "hide",
    "is_archived",
    "is_draft",
    "is_live",
    "is_own",
    "lead",
    "me",
    "my_groups",
    "policies",
    "shown_model",
    "signed_in",
    "this",
    "without_fields",
]
