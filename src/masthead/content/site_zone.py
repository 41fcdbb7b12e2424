"""The site's time zone: moments are kept in UTC, and shown to people in it."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from masthead.model import ContentModel
from masthead.store import Reader

_FIELD = "timezone"


def is_zone(name: str) -> bool:
    """Whether it is the IANA name of a time zone that this machine knows."""
    return name == "UTC" or _zone(name) is not None


def zone_named(name: str | None) -> tzinfo:
    """The zone of that name; UTC for a name that nobody knows."""
    return UTC if name in (None, "UTC") else _zone(str(name)) or UTC


async def read_site_zone(reader: Reader, model: ContentModel) -> tzinfo:
    """The zone that the public site says; UTC where it says none."""
    if "Site" not in model or _FIELD not in model["Site"]:
        return UTC
    site = model["Site"]
    rows = await reader.fetch(f'SELECT "{site[_FIELD].column}" AS name FROM live."{site.table}" LIMIT 1')  # noqa: S608 - physical names
    return zone_named(rows[0]["name"] if rows else None)


def shown_in(zone: tzinfo, moment: datetime) -> str:
    """A moment as people read it: 2027-01-05 09:00:00 CET."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %Z")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not known (a KeyError), a folder of zones, no name at all
        return None
