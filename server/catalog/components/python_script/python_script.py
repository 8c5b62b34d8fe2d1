"""Runs the person's own Python on tables."""

import inspect
import os
import sys
import traceback
from pathlib import Path
from typing import Any, Callable, Optional

import pandas as pd

from frames import read_frame, write_frame
from step import Arguments, StepError, run_step

NAME = "script.py"


def explain_failure(source: str) -> StepError:
    """The person's own line, without the frames of this file."""
    kind, error, trace = sys.exc_info()
    lines = [frame for frame in traceback.extract_tb(trace) if frame.filename == NAME]
    if isinstance(error, SyntaxError):
        return StepError(f"line {error.lineno} of the script: {error.msg}")
    number = lines[-1].lineno if lines else None
    text = source.splitlines()[number - 1].strip() if number else ""
    place = f"line {number} of the script ({text})" if number else "the script"
    return StepError(f"{place}: {kind.__name__ if kind else ''}: {error}")


def call_run(run: Callable[..., Any], tables: list[Optional[pd.DataFrame]]) -> Any:
    """A function of one parameter gets the first table, one of none gets nothing."""
    parameters = inspect.signature(run).parameters.values()
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return run(*tables)
    taken = sum(parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD) for parameter in parameters)
    return run(*tables[:taken])


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--first")
    arguments.add_argument("--second")
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--files", required=True)
    given = arguments.parse_args()
    source = os.environ.get("PIPEWRIGHT_INPUT_script", "")
    tables = [read_frame(path) if path else None for path in (given.first, given.second)]
    files = Path("files")
    files.symlink_to(Path(given.files).resolve(), target_is_directory=True)
    space: dict = {"__name__": "script"}
    try:
        exec(compile(source, NAME, "exec"), space)
        if not callable(space.get("run")):
            raise StepError("the script defines no function run(first, second)")
        result = call_run(space["run"], tables)
    except StepError:
        raise
    except BaseException:
        raise explain_failure(source) from None
    if not isinstance(result, pd.DataFrame):
        raise StepError(f"run must return a data frame, not {type(result).__name__}")
    write_frame(given.table, result)


run_step(main)
