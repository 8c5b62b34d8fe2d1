"""Steps in for a package only where it is missing: an installed one of that name is loaded in place of ours."""

import importlib.util
import sys
from importlib.machinery import PathFinder
from pathlib import Path

_ours = Path(__file__).resolve().parent


def installed(name):
    """The module of that name from anywhere but here, loaded under its own name; None where there is none."""
    parent, _, _ = name.rpartition(".")
    if parent:
        places = list(getattr(sys.modules.get(parent), "__path__", []))
    else:
        places = list(sys.path)
    elsewhere = [place for place in places if not _is_ours(place)]
    spec = PathFinder.find_spec(name, elsewhere)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        if before is not None:
            sys.modules[name] = before
        raise
    return module


def _is_ours(place):
    try:
        path = Path(place or ".").resolve()
    except OSError:
        return False
    return path == _ours or _ours in path.parents
