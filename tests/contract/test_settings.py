"""The settings page is the Settings class: every variable, its default, its meaning.

MASTHEAD_ACCEPT=1 writes the page anew.
"""

import os
from pathlib import Path

from masthead.kernel.settings import Settings, default_text

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"
BEGIN, END = "<!-- settings -->\n", "<!-- end of settings -->\n"


def table() -> str:
    """The reference table, from the class."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        lines.append(f"| `{field.alias}` | {default_text(name)} | {field.description} |")
    return "\n".join(lines) + "\n"


def test_the_page_shows_every_setting() -> None:
    """What is between the marks is what the class says."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    current = f"{before}{BEGIN}{table()}{END}{after}"
    if os.environ.get("MASTHEAD_ACCEPT") == "1":
        PAGE.write_text(current, "utf-8")
    assert page == current


def test_every_setting_says_what_it_is() -> None:
    """An environment variable in capitals, and a sentence."""
    for field in Settings.model_fields.values():
        assert field.alias is not None
        assert field.alias.isupper()
        assert field.description is not None
        assert field.description.endswith(".")
