"""The action, the command line and the documentation name the same inputs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_action.cli.commands import COMMANDS, parse_plain
from ssot_action.cli.generate import action_yml, inputs_page
from ssot_action.cli.parser import parse
from ssot_action.errors import ExitCode, UsageError
from ssot_action.settings import (
    INPUTS,
    OUTPUTS,
    Environment,
    MissingBase,
    input_variable,
    read_environment,
    resolve_settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def test_the_action_has_the_options_of_run_as_inputs() -> None:
    inputs, _, outputs = action_yml().partition("\noutputs:\n")
    names = [setting.name for setting in INPUTS]
    assert re.findall(r"^  ([a-z-]+):$", inputs.partition("\ninputs:\n")[2], re.MULTILINE) == names
    assert re.findall(r"^  ([a-z-]+):$", outputs, re.MULTILINE) == [
        output.name for output in OUTPUTS
    ]
    run = next(command for command in COMMANDS if command.name == "run")
    assert [setting.name for setting in run.settings] == names


def test_the_documentation_names_every_input_and_output() -> None:
    page = inputs_page()
    for item in (*INPUTS, *OUTPUTS):
        assert f"| `{item.name}` |" in page


def test_every_command_takes_the_repository_root() -> None:
    for command in COMMANDS:
        assert "repo-root" in {setting.name for setting in command.settings}


_VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
_ARGUMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                f"--{setting.name}{tail}"
                for command in COMMANDS
                for setting in command.settings
                for tail in ("", "=x", "=", "=a=b")
            ]
        ),
        _VALUES,
    ),
    max_size=6,
)


@given(st.sampled_from([command.name for command in COMMANDS]), _ARGUMENTS)
def test_the_quick_parser_says_what_typer_says_or_nothing(name: str, rest: list[str]) -> None:
    arguments = [name, *rest]
    quick = parse_plain(arguments)
    if quick is not None:
        assert parse(arguments, is_rich=False) == quick


@pytest.mark.parametrize(
    "arguments",
    [["status", "--nope"], ["nope"], ["run", "--base"], ["--repo-root", "."], ["run", "x"]],
)
def test_a_wrong_command_line_is_a_usage_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse_plain(arguments) is None
    assert parse(arguments, is_rich=False) == ExitCode.USAGE
    assert "Error" in capsys.readouterr().err


def settings_from(variables: Mapping[str, str], **options: str) -> object:
    environment = read_environment({"GITHUB_ACTIONS": "true", **variables})
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return resolve_settings(named, environment)


def test_an_option_wins_over_an_input_and_an_input_over_the_default() -> None:
    environment = read_environment(
        {"GITHUB_ACTIONS": "true", "INPUT_REPO-ROOT": "from-input", "INPUT_BASE": " main "}
    )
    settings = resolve_settings({"base": "option"}, environment)
    assert (settings.repo_root, settings.base) == ("from-input", "option")
    assert settings.missing_base is MissingBase.FAIL


def test_an_input_that_is_not_given_is_empty_and_means_the_default() -> None:
    variables = {input_variable(setting): "" for setting in INPUTS}
    assert settings_from(variables) == resolve_settings({}, Environment())


def test_the_runner_is_not_believed_outside_of_github() -> None:
    assert read_environment({"INPUT_BASE": "x", "GITHUB_OUTPUT": "/etc/passwd"}) == Environment()


def test_a_value_that_is_not_allowed_names_those_that_are() -> None:
    with pytest.raises(UsageError, match="missing-base") as caught:
        resolve_settings({"missing-base": "maybe"}, Environment())
    assert "drift-only" in str(caught.value)
