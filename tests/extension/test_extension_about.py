"""What CITATION.cff says reaches the pages, and is what the package says."""
import datetime
import re
from types import SimpleNamespace

import pytest
from fourteen_steps.about import CHANGELOG, TextOf, add_foot, bibtex, citation, in_words, without_title

import nnlib


def test_the_version_is_the_packages_and_has_a_date_in_the_changelog():
    said = citation()
    assert said["version"] == nnlib.__version__
    assert f"## [{said['version']}] - {said['date-released'].isoformat()}" in CHANGELOG.read_text("utf8")


def test_an_entry_for_bibtex():
    said = {"authors": [{"name": "The A authors"}, {"name": "B"}], "title": "A title: more", "version": "1.2",
            "license": ["MIT", "CC-BY-4.0"], "date-released": datetime.date(2026, 3, 9)}
    entry = bibtex(said)
    assert re.fullmatch(r"@misc\{\w+,\n(  \w+ += .+,\n)+\}", entry)
    fields = dict(re.findall(r"^  (\w+) += (.+),$", entry, re.M))
    assert fields == {"author": "{{The A authors} and {B}}", "title": "{A title: more}", "version": "{1.2}", "year": "2026", "month": "mar",
                      "note": "{Licences: MIT, CC-BY-4.0}"}
    assert in_words(said["date-released"]) == "9 March 2026"


def test_the_foot_of_a_page():
    context = {}
    add_foot(None, "page", "page.html", context, None)
    said = citation()
    assert context["fourteen_steps"]["version"] == said["version"] and context["fourteen_steps"]["name"] == "Fourteen Steps"
    assert context["fourteen_steps"]["date"] == in_words(said["date-released"])


def test_the_changelog_begins_with_its_first_section():
    text = without_title("# Changelog\n\nWords.\n\n## [Unreleased]\n\n### Added\n\n- [a](b)\n\n## [0.1.0] - 2026-01-02\n")
    assert text.strip() == "## Unreleased\n\n### Added\n\n- [a](b)\n\n## 0.1.0 - 2026-01-02"


def test_no_other_file_is_put_on_a_page():
    directive = SimpleNamespace(arguments=["README"], error=ValueError)
    with pytest.raises(ValueError, match="expected CHANGELOG or LICENSE, got README"):
        TextOf.run(directive)
