"""People as JSON."""

from typing import Any

from masthead.people import Account, Group, Session, Token


def account_json(account: Account) -> dict[str, Any]:
    """An account."""
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "roles": account.roles,
        "groups": account.groups,
        "hasPassword": account.has_password,
        "createdAt": account.created_at,
        "suspendedAt": account.suspended_at,
    }


def group_json(group: Group) -> dict[str, Any]:
    """A group."""
    return {"id": group.id, "name": group.name, "roles": group.roles, "members": group.members}


def session_json(session: Session, *, is_current: bool) -> dict[str, Any]:
    """A session."""
    return {
        "id": session.id,
        "isCurrent": is_current,
        "createdAt": session.created_at,
        "usedAt": session.used_at,
        "expiresAt": session.expires_at,
        "address": session.address,
        "agent": session.agent,
    }


def token_json(token: Token) -> dict[str, Any]:
    """A token, without what proves it."""
    return {
        "id": token.id,
        "name": token.name,
        "scopes": token.scopes,
        "createdAt": token.created_at,
        "expiresAt": token.expires_at,
        "usedAt": token.used_at,
        "revokedAt": token.revoked_at,
    }
