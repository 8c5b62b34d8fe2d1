"""A process that loads the script once and then runs one mini-batch after the other."""

import importlib.util
import inspect
import logging
import os
import sys
import traceback


class Context:
    """What `run(mini_batch, context)` may ask."""

    def __init__(self, batch):
        self.minibatch_index = batch.index
        self.mini_batch_index = batch.index
        self.partition_key_value = batch.partition


def work(connection, settings):
    logging.basicConfig(level=getattr(logging, settings.logging_level.upper(), logging.INFO), format="%(levelname)s %(name)s: %(message)s")
    try:
        script = _load(settings)
        connection.send(("ready", None))
    except BaseException:
        connection.send(("broken", traceback.format_exc()))
        return
    while True:
        try:
            batch = connection.recv()
        except EOFError:
            return
        if batch is None:
            break
        try:
            connection.send(("done", _rows_of(_run(script, batch))))
        except BaseException:
            connection.send(("failed", traceback.format_exc()))
    try:
        if hasattr(script, "shutdown"):
            script.shutdown()
        connection.send(("ended", None))
    except BaseException:
        connection.send(("broken", traceback.format_exc()))


def _load(settings):
    path = os.path.abspath(settings.entry_script)
    if not os.path.isfile(path):
        raise FileNotFoundError(f"the entry script {settings.entry_script} is not in the code folder")
    sys.argv = [path, *settings.program_arguments]
    sys.path.insert(0, os.path.dirname(path))
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    script = importlib.util.module_from_spec(spec)
    sys.modules[name] = script
    spec.loader.exec_module(script)
    if not hasattr(script, "run"):
        raise AttributeError(f"{settings.entry_script} has no function run(mini_batch)")
    if hasattr(script, "init"):
        script.init()
    return script


def _run(script, batch):
    takes = [each for each in inspect.signature(script.run).parameters.values() if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    required = [each for each in takes if each.default is each.empty]
    return script.run(batch.items, Context(batch)) if len(required) > 1 or len(takes) > 1 else script.run(batch.items)


def _rows_of(result):
    """As lines of text, and how many items went well: as many as there are entries."""
    if isinstance(result, (list, tuple)):
        return [_line_of(each) for each in result], len(result)
    if hasattr(result, "to_csv") and hasattr(result, "columns"):
        # A text in a cell may have lines of its own.
        return result.to_csv(sep=" ", header=False, index=False).splitlines(), len(result)
    if hasattr(result, "tolist") and not isinstance(result, str):
        return [_line_of(each) for each in result.tolist()], len(result)
    raise TypeError(f"run() gave {type(result).__name__}; it is to give a list, a tuple or a DataFrame with one entry for each item")


def _line_of(each):
    if hasattr(each, "to_csv") and hasattr(each, "columns"):
        return each.to_csv(sep=" ", header=False, index=False).rstrip("\n")
    return str(each)
