from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.component_packages import component_jobs
from tests.conformance.fixture_files import fixture_names, load_fixture
from tests.conformance.judge import Job, JudgeUnavailableError
from tests.conformance.truth_cache import judge_once

if TYPE_CHECKING:
    from collections.abc import Mapping


def _judge(jobs: Mapping[str, Job]) -> dict[str, Any]:
    try:
        return judge_once(jobs)
    except JudgeUnavailableError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def package_truths() -> dict[str, Any]:
    """What Convex says about every component package, judged in one run."""
    return _judge({job.name: job for job in component_jobs()})


@pytest.fixture(scope="session")
def fixture_projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Job]:
    """Every fixture laid out as a project of its own."""
    base = tmp_path_factory.mktemp("projects")
    jobs = {}
    for name in fixture_names():
        root = base / name
        root.mkdir(parents=True)
        fixture = load_fixture(name)
        fixture.write(root)
        jobs[name] = Job(name=name, root=root, functions_dir=fixture.functions_dir)
    return jobs


@pytest.fixture(scope="session")
def fixture_truths(fixture_projects: dict[str, Job]) -> dict[str, Any]:
    """What Convex says about every fixture, judged in one run."""
    return _judge(
        {f"{name}\0{load_fixture(name).files}": job for name, job in fixture_projects.items()}
    )
