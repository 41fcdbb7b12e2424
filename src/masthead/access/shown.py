"""The model as its APIs show it: what policies may hide from somebody can be null."""

from dataclasses import replace

from masthead.access.folding import Reading
from masthead.access.policies import Policies
from masthead.model import ContentModel, ContentType, Field, kinds


def shown_model(model: ContentModel, policies: Policies, stage: Reading) -> ContentModel:
    """The model that schemas are made from. Lists of references are empty where they are hidden, and never
    null."""
    return replace(model, types=tuple(_shown(each, policies, stage) for each in model))


def _shown(content_type: ContentType, policies: Policies, stage: Reading) -> ContentType:
    fields = tuple(
        replace(field, is_nullable=True) if _may_be_hidden(content_type, field, policies, stage) else field
        for field in content_type.fields
    )
    return replace(content_type, fields=fields)


def _may_be_hidden(content_type: ContentType, field: Field, policies: Policies, stage: Reading) -> bool:
    if isinstance(field.kind, kinds.References | kinds.Blocks):
        return False
    if isinstance(field.kind, kinds.Reference) and policies.may_hide_entries(field.kind.target, stage):
        return True
    return policies.may_hide_field(content_type.name, field.name, stage)
