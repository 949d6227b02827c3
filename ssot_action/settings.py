"""Every input declared once, and the only reader of the environment.

An input of the action is an option of `convex-ssot run` with the same name, default and
description; `action.yml` and `docs/inputs.md` are generated from the declarations here. A value
given as an option wins over the action's input, and an input over the default.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ssot_action.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class MissingBase(StrEnum):
    """What a run does when the revision to compare with is not in the repository."""

    FAIL = "fail"
    DRIFT_ONLY = "drift-only"


class SourceErrors(StrEnum):
    """What a run does about source that cannot be read or that Convex would refuse."""

    FAIL = "fail"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One input of the action and option of the command line.

    Attributes:
        name: In kebab case: the input's name, and the option's after `--`.
        help: One sentence without a full stop.
        default: What holds when nothing is given; empty for nothing.
        choices: The values that are allowed, any if empty.
        metavar: What the help calls the value.
    """

    name: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()
    metavar: str = "TEXT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One output of the action: its name, and one sentence without a full stop."""

    name: str
    help: str


REPO_ROOT: Final = Setting(
    name="repo-root",
    help="Folder that holds the project; all paths are relative to it",
    default=".",
    metavar="DIR",
)
FUNCTIONS_DIR: Final = Setting(
    name="functions-dir",
    help="Convex functions directory, when it is not the one the project's files name",
    metavar="DIR",
)
BASE: Final = Setting(
    name="base",
    help="Revision to compare with, by its merge base with the head;"
    " without it the event says which, and without an event nothing is compared",
    metavar="REV",
)
HEAD: Final = Setting(
    name="head",
    help="Commit to judge instead of the files in the working tree",
    metavar="REV",
)
REPORT: Final = Setting(
    name="report",
    help="File that the Markdown report is written to, relative to the working directory",
    default="convex-ssot-report.md",
    metavar="FILE",
)
MISSING_BASE: Final = Setting(
    name="missing-base",
    help="When the base is not in the repository: fail, or only check the contracts for drift",
    default=MissingBase.FAIL.value,
    choices=tuple(MissingBase),
)
SOURCE_ERRORS: Final = Setting(
    name="source-errors",
    help="When source cannot be read or Convex would refuse it: fail, or warn and go on",
    default=SourceErrors.FAIL.value,
    choices=tuple(SourceErrors),
)

INPUTS: Final = (
    REPO_ROOT,
    FUNCTIONS_DIR,
    BASE,
    HEAD,
    REPORT,
    MISSING_BASE,
    SOURCE_ERRORS,
)
"""The inputs of the action, in the order of its documentation."""

OUTPUTS: Final = (
    Output(name="verdict", help="`pass`, `drift` (a contract is stale) or `error`"),
    Output(name="drift", help="How many entries of the committed contracts are stale"),
    Output(name="schema-changed", help="`true`, `false`, or `unknown` without a base"),
    Output(name="functions-changed", help="`true`, `false`, or `unknown` without a base"),
    Output(name="base-sha", help="Commit that was compared with, empty if there was none"),
    Output(name="base-reason", help="Why that commit, or why none"),
    Output(name="head-sha", help="Commit that was judged"),
    Output(name="report-file", help="Path of the Markdown report"),
)
"""The outputs of the action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """The settings of one run, complete; None where nothing was given."""

    repo_root: str
    functions_dir: str | None
    base: str | None
    head: str | None
    report: str | None
    missing_base: MissingBase
    source_errors: SourceErrors


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What GitHub's runner tells a step; everything is empty elsewhere.

    Attributes:
        is_github: Whether a runner of GitHub Actions runs us.
        event_name: The event that started the workflow.
        event_path: The file that holds its payload.
        sha: The commit that the workflow run is about.
        base_ref: The base branch of a pull request.
        output: The file that collects outputs.
        step_summary: The file that collects the step's summary.
        runner_temp: A folder that is emptied between jobs.
        inputs: The action's inputs that are not empty, by name.
    """

    is_github: bool = False
    event_name: str = ""
    event_path: str = ""
    sha: str = ""
    base_ref: str = ""
    output: str = ""
    step_summary: str = ""
    runner_temp: str = ""
    inputs: tuple[tuple[str, str], ...] = ()


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Return what the runner tells, from `variables` or this process's own."""
    known = os.environ if variables is None else variables
    if known.get("GITHUB_ACTIONS") != "true":
        return Environment()
    return Environment(
        is_github=True,
        event_name=known.get("GITHUB_EVENT_NAME", ""),
        event_path=known.get("GITHUB_EVENT_PATH", ""),
        sha=known.get("GITHUB_SHA", ""),
        base_ref=known.get("GITHUB_BASE_REF", ""),
        output=known.get("GITHUB_OUTPUT", ""),
        step_summary=known.get("GITHUB_STEP_SUMMARY", ""),
        runner_temp=known.get("RUNNER_TEMP", ""),
        inputs=tuple(
            (setting.name, value)
            for setting in INPUTS
            if (value := known.get(input_variable(setting), "").strip())
        ),
    )


def input_variable(setting: Setting) -> str:
    """Return the variable that the runner hands an input over in; it keeps the hyphens."""
    return f"INPUT_{setting.name.upper()}"


def is_debugging() -> bool:
    """Return whether a traceback is wanted for a failure of ours."""
    return os.environ.get("CONVEX_SSOT_DEBUG") == "1"


def choose(setting: Setting, values: Mapping[str, str]) -> str:
    """Return the value of a setting, its default if there is none.

    Raises:
        UsageError: It is not one of those allowed.
    """
    value = values.get(setting.name, setting.default)
    if setting.choices and value not in setting.choices:
        problem = f'{setting.name} is "{value}"'
        raise UsageError(problem, hint=f"Use one of {', '.join(setting.choices)}.")
    return value


def resolve_settings(options: Mapping[str, str], environment: Environment) -> RunSettings:
    """Return the settings of a run from options, the action's inputs and the defaults.

    Args:
        options: What the command line gives, by the name of the setting.
        environment: What the runner tells.

    Raises:
        UsageError: A value is not one of those allowed.
    """
    values = {**dict(environment.inputs), **options}
    return RunSettings(
        repo_root=choose(REPO_ROOT, values),
        functions_dir=choose(FUNCTIONS_DIR, values) or None,
        base=choose(BASE, values) or None,
        head=choose(HEAD, values) or None,
        report=choose(REPORT, values) or None,
        missing_base=MissingBase(choose(MISSING_BASE, values)),
        source_errors=SourceErrors(choose(SOURCE_ERRORS, values)),
    )
