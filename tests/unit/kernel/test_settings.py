"""Settings: each from one environment variable, with a default, checked at start."""

from pathlib import Path

import pytest

from masthead.kernel import InputError
from masthead.kernel.settings import Settings, default_text, read_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def test_nothing_set_works_on_a_laptop() -> None:
    """Defaults: port 8000 on loopback, the embedded server, logs by what reads them."""
    settings = read_settings()
    assert (settings.host, settings.port, settings.database_url) == ("127.0.0.1", 8000, None)
    assert (settings.log_format, settings.log_level, settings.page_cache_mb) == ("auto", "info", 64)


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """PORT=9000 is port 9000; text becomes the setting's type."""
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("MASTHEAD_DATA", "/var/lib/masthead")
    settings = read_settings()
    assert settings.port == 9000
    assert settings.asset_folder == Path("/var/lib/masthead/assets")


def test_the_command_line_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--port` beats PORT; an option that is not given says nothing."""
    monkeypatch.setenv("PORT", "9000")
    assert read_settings(port=9001).port == 9001
    assert read_settings(port=None).port == 9000


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """`PORT= masthead up` is `masthead up`."""
    monkeypatch.setenv("PORT", "")
    assert read_settings().port == 8000


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("PORT", "abc", 'The setting PORT "abc" is wrong: input should be a valid integer'),
        ("PORT", "70000", 'The setting PORT "70000" is wrong: input should be less than or equal to 65535'),
        ("MASTHEAD_LOG_FORMAT", "xml", "input should be 'auto', 'console' or 'json'"),
        ("MASTHEAD_SITE_URL", "localhost:3000", "it does not begin with http://"),
        ("MASTHEAD_STATEMENT_TIMEOUT", "0", "input should be greater than 0"),
    ],
)
def test_a_wrong_value_is_one_error(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    """It names the variable, the value, what would be right and the default."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(InputError) as caught:
        read_settings()
    assert told in caught.value.message
    assert "Default:" in caught.value.remedy


def test_a_password_is_not_in_the_error_nor_in_the_settings_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """DATABASE_URL is a secret wherever it is printed."""
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hush@host/db")
    with pytest.raises(InputError) as caught:
        read_settings()
    assert "hush" not in str(caught.value)
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush@host/db")
    assert "hush" not in repr(read_settings())


def test_a_trailing_slash_of_an_address_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """`http://host/` and `http://host` are one address."""
    monkeypatch.setenv("MASTHEAD_API_URL", "http://127.0.0.1:9/")
    assert read_settings().api_url == "http://127.0.0.1:9"


def test_defaults_are_spelled_as_in_the_environment() -> None:
    """What the reference page shows can be copied into a shell."""
    assert default_text("database_url") == "not set"
    assert default_text("live_reload") == "false"
    assert default_text("statement_timeout") == "10"
