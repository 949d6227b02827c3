"""Our reading of published components agrees with Convex's own evaluation of them."""

from __future__ import annotations

from typing import Any

import pytest

from ssot_action.pipeline import extract_project
from tests.conformance.compare import compare, excluded
from tests.conformance.component_packages import PACKAGES, component_jobs
from tests.conformance.judge import NODE_MODULES, Job

# Component directory -> (id, why it cannot be known from the source). Nothing else may differ.
EXPECTED_UNRESOLVED: dict[str, dict[str, str]] = {}

JOBS = component_jobs()


@pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])
def test_component_is_read_as_convex_evaluates_it(job: Job, package_truths: dict[str, Any]) -> None:
    extract = extract_project(job.root, job.functions_dir, None)
    differences = compare(package_truths[job.name], extract)
    expected = EXPECTED_UNRESOLVED.get(job.name, {})
    surprises = [
        str(difference)
        for difference in differences
        if difference.category != "unresolved" or difference.id not in expected
    ]
    assert not surprises, "\n".join(surprises)
    assert {difference.id for difference in differences} == set(expected)


def test_every_component_package_evaluates_completely(package_truths: dict[str, Any]) -> None:
    incomplete = {
        name: truth.get("error") or excluded(truth)
        for name, truth in package_truths.items()
        if "error" in truth or excluded(truth)
    }
    assert incomplete == {}


def test_packages_together_are_large_enough_to_mean_something(
    package_truths: dict[str, Any],
) -> None:
    functions = sum(len(truth["functions"]) for truth in package_truths.values())
    tables = sum(
        len((truth["schema"] or {}).get("tables", [])) for truth in package_truths.values()
    )
    assert len(PACKAGES) >= 25
    assert functions >= 1400
    assert tables >= 250


def test_no_installed_component_is_left_out(package_truths: dict[str, Any]) -> None:
    installed = {
        path.parent.parent.parent.relative_to(NODE_MODULES).as_posix()
        for scope in ("", "@*/")
        for path in NODE_MODULES.glob(f"{scope}*/*/component/convex.config.[jt]s")
    } | {path.parents[3].name for path in NODE_MODULES.glob("*/dist/*/component/convex.config.js")}
    assert installed == set(PACKAGES)
    assert set(package_truths) == {job.name for job in JOBS}
