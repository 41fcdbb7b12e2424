"""Bylines: joined names are several, a name with a title is one. Every line is from a real blog."""

import pytest

from masthead.content.bylines import read_names

BYLINES = {
    "Ryan Dahl": ["Ryan Dahl"],
    "The Rust Release Team": ["The Rust Release Team"],
    "Josh Triplett, Niko Matsakis": ["Josh Triplett", "Niko Matsakis"],
    "David Wood and Niko Matsakis": ["David Wood", "Niko Matsakis"],
    "TC & Eric Huss": ["TC", "Eric Huss"],
    "Eric, Felix, Joel and Mara": ["Eric", "Felix", "Joel", "Mara"],
    "Amanieu d'Antras, Jack Huey, and Jakub Beránek": ["Amanieu d'Antras", "Jack Huey", "Jakub Beránek"],
    "davidtwco and wesleywiser": ["davidtwco", "wesleywiser"],
    "Niko Matsakis and @mark-i-m": ["Niko Matsakis", "@mark-i-m"],
    "Jane Lusby, Project Director of Collaboration": ["Jane Lusby"],
    "Jane Lusby, on behalf of The Rust Project Teams": ["Jane Lusby"],
    "Jane Losare-Lusby and the Governance Reform WG": ["Jane Losare-Lusby", "the Governance Reform WG"],
    "'Minwoo Jung (@jmwsoft)'": ["Minwoo Jung"],
    "Minwoo Jung (github.com/JungMinu)": ["Minwoo Jung"],
    "Julian Duque (julianduque) & Yosuke Furukawa (yosuke-furukawa)": ["Julian Duque", "Yosuke Furukawa"],
    'Sergey "Shnatsel" Davidoff': ['Sergey "Shnatsel" Davidoff'],
    "Carol (Nichols || Goulding)": ["Carol (Nichols || Goulding)"],
    "Vladimir de Turckheim": ["Vladimir de Turckheim"],
    "Martin Luther King, Jr.": ["Martin Luther King, Jr."],
    "The Research and Development Team": ["The Research and Development Team"],
    "Ada, Ada": ["Ada"],
}


@pytest.mark.parametrize("byline", BYLINES)
def test_a_byline_is_these_names(byline: str) -> None:
    """The heuristic, case by case."""
    assert list(read_names(byline, {})) == BYLINES[byline]


def test_the_settings_have_the_last_word() -> None:
    """The exact text, whatever its spacing."""
    overrides = {"Dahl, Ryan": ("Ryan Dahl",)}
    assert read_names(" Dahl,  Ryan", overrides) == ("Ryan Dahl",)
