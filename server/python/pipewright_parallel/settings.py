"""The settings of a parallel step, from the arguments that the product writes and those of the step's own."""

import argparse
import os
import re
from dataclasses import dataclass, field


@dataclass
class Settings:
    input: str
    entry_script: str
    is_tabular: bool = False
    mini_batch_size: str = "1"
    partition_keys: list = field(default_factory=list)
    append_row_to: str = ""
    workers: int = 1
    mini_batch_error_threshold: int = -1
    error_threshold: int = -1
    allowed_failed_percent: float = 100.0
    max_retries: int = 2
    timeout: float = 60.0
    logging_level: str = "INFO"
    first_task_creation_timeout: float = 600.0
    program_arguments: list = field(default_factory=list)

    def items_per_batch(self):
        """So many files, or rows."""
        match = re.match(r"^\s*(\d+)\s*$", str(self.mini_batch_size))
        if not match:
            raise SystemExit(f'mini_batch_size "{self.mini_batch_size}" is no number of files: of a folder, mini-batches are so many files each')
        return max(1, int(match.group(1)))

    def bytes_per_batch(self):
        match = re.match(r"^\s*(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?\s*$", str(self.mini_batch_size), re.I)
        if not match:
            raise SystemExit(f'mini_batch_size "{self.mini_batch_size}" is no amount: write it as 10 or 100kb')
        if not match.group(2) and not str(self.mini_batch_size).lower().strip().endswith("b"):
            return None
        return float(match.group(1)) * 1024 ** ["", "k", "m", "g", "t"].index(match.group(2).lower())


# Flags of Azure's engine that stand among the arguments of the step, and what each of them sets; None: no effect here.
_engine = {
    "error_threshold": "error_threshold",
    "allowed_failed_percent": "allowed_failed_percent",
    "first_task_creation_timeout": "first_task_creation_timeout",
    "task_overhead_timeout": None,
    "progress_update_timeout": None,
    "copy_logs_to_parent": None,
    "metrics_name_prefix": None,
    "push_metrics_to_parent": None,
    "resource_monitor_interval": None,
    "append_row_dataframe_header": None,
}


def read_settings(arguments):
    parser = argparse.ArgumentParser(prog="parallel step")
    parser.add_argument("--input", required=True)
    parser.add_argument("--entry-script", required=True)
    parser.add_argument("--tabular", action="store_true")
    parser.add_argument("--mini-batch-size", default="1")
    parser.add_argument("--partition-keys", default="")
    parser.add_argument("--append-row-to", default="")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--mini-batch-error-threshold", type=int, default=-1)
    parser.add_argument("--max-retries", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--logging-level", default="INFO")
    own, rest = arguments, []
    if "--" in arguments:
        at = arguments.index("--")
        own, rest = arguments[:at], arguments[at + 1 :]
    said = parser.parse_args(own)
    settings = Settings(
        input=said.input,
        entry_script=said.entry_script,
        is_tabular=said.tabular,
        mini_batch_size=said.mini_batch_size,
        partition_keys=[key for key in said.partition_keys.split(",") if key],
        append_row_to=said.append_row_to,
        workers=max(1, said.workers),
        mini_batch_error_threshold=said.mini_batch_error_threshold,
        max_retries=max(0, said.max_retries),
        timeout=said.timeout,
        logging_level=said.logging_level,
    )
    settings.program_arguments = _without_engine_flags(rest, settings)
    return settings


def _without_engine_flags(arguments, settings):
    kept = []
    at = 0
    while at < len(arguments):
        name, equals, value = arguments[at].partition("=")
        flag = name[2:].replace("-", "_") if name.startswith("--") else ""
        if flag not in _engine:
            kept.append(arguments[at])
            at += 1
            continue
        if not equals:
            at += 1
            value = arguments[at] if at < len(arguments) else ""
        field_name = _engine[flag]
        if field_name is not None:
            try:
                setattr(settings, field_name, type(getattr(settings, field_name))(value))
            except ValueError:
                raise SystemExit(f'--{flag} takes a number, not "{value}"') from None
        at += 1
    return kept
