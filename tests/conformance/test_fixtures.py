"""Our reading of every fixture agrees with Convex's own evaluation of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ssot_action.errors import SourceError
from ssot_action.pipeline import extract_project
from tests.conformance.compare import compare
from tests.conformance.differences import module_of
from tests.conformance.fixture_files import fixture_names, load_fixture

if TYPE_CHECKING:
    from tests.conformance.judge import Job

NAMES = fixture_names()


def test_there_are_fixtures() -> None:
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_fixture_is_read_as_convex_evaluates_it(
    name: str, fixture_projects: dict[str, Job], fixture_truths: dict[str, Any]
) -> None:
    truth = fixture_truths[name]
    try:
        extract = extract_project(fixture_projects[name].root, None, None)
    except SourceError:
        assert "error" in truth, "we refuse a project that Convex accepts"
        return
    declared = load_fixture(name).unresolved
    differences = compare(truth, extract)
    surprises = [
        str(difference)
        for difference in differences
        if difference.category != "unresolved"
        or not {difference.id, module_of(difference.id)} & declared
    ]
    assert not surprises, "\n".join(surprises)
    found = {difference.id for difference in differences}
    found |= {module_of(difference.id) for difference in differences}
    assert declared <= found, "declared as unresolved, but it is resolved"


@pytest.mark.parametrize("name", NAMES)
def test_fixture_needs_no_package_that_is_not_installed(
    name: str, fixture_truths: dict[str, Any]
) -> None:
    declared_missing = "not-installed" in name
    assert bool(fixture_truths[name]["stubbed"]) <= declared_missing
