"""The audit log only grows: triggers refuse whatever would change or remove a line of it.

They hold for this program and for whoever speaks to the database with its rights by mistake. The owner of
the tables can take triggers away: who must not be able to needs a copy elsewhere (`GET /api/audit/export`).
"""

GUARD = (
    """
    CREATE FUNCTION masthead.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END $$""",
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON masthead.audit
    FOR EACH STATEMENT EXECUTE FUNCTION masthead.refuse_change()""",
    # Also in a session that replays what another server did, where triggers are otherwise skipped.
    "ALTER TABLE masthead.audit ENABLE ALWAYS TRIGGER audit_append_only",
)
"""Executed once, when the tables are made."""
