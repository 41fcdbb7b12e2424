"""A moment in a time zone that people have named, made by the database: in an answer that nobody decodes."""

LOCAL_TIME = (
    # An unknown zone counts as UTC: whatever a site says, its schedules can be read.
    """
    CREATE FUNCTION masthead.local_time(moment timestamptz, zone text) RETURNS text
    LANGUAGE plpgsql STABLE AS $$
    DECLARE
        wall timestamp := moment AT TIME ZONE 'UTC';
        ahead integer;
    BEGIN
        BEGIN
            wall := coalesce(moment AT TIME ZONE zone, wall);
        EXCEPTION WHEN invalid_parameter_value THEN
            NULL;
        END;
        ahead := round(extract(epoch FROM wall - (moment AT TIME ZONE 'UTC')) / 60);
        RETURN to_char(wall, 'YYYY-MM-DD"T"HH24:MI:SS')
            || CASE WHEN ahead < 0 THEN '-' ELSE '+' END
            || to_char(abs(ahead) / 60, 'FM00') || ':' || to_char(abs(ahead) % 60, 'FM00');
    END $$""",
)
"""Executed once, when the tables are made: 2027-01-05T10:00:00+01:00."""
