"""Assets: their bytes on disk under their digest, and what is known of them by looking inside."""

from masthead.media.asset_store import AssetStore
from masthead.media.digest import digest_of_bytes, digest_of_file
from masthead.media.media_type import DEFAULT_MEDIA_TYPE, media_type_of
from masthead.media.probe import Probe, probe

__all__ = [
    "DEFAULT_MEDIA_TYPE",
    "AssetStore",
    "Probe",
    "digest_of_bytes",
    "digest_of_file",
    "media_type_of",
    "probe",
]
