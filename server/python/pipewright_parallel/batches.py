"""The mini-batches of an input: some of its files, or some of its rows."""

import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path


def own_reader(module):
    """A module of the reader that comes with us: one that is installed as `mltable` does not say what makes the batches."""
    name = "pipewright_mltable"
    if name not in sys.modules:
        folder = Path(__file__).resolve().parent.parent / "mltable"
        spec = importlib.util.spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
        sys.modules[name] = importlib.util.module_from_spec(spec)
    return importlib.import_module(f"{name}.{module}")


@dataclass
class Batch:
    index: int
    # Paths, or a DataFrame.
    items: object
    partition: dict = field(default_factory=dict)

    def __len__(self):
        return len(self.items)


def batches_of(settings):
    """Every mini-batch, in an order that is the same each time."""
    if os.path.isfile(os.path.join(settings.input, "MLTable")):
        table = own_reader("table").load(settings.input)
        if table.is_tabular or settings.is_tabular:
            return _of_rows(table.to_pandas_dataframe(), settings)
        return _of_files(table.files(), settings, table)
    if os.path.isfile(settings.input):
        return _of_files([settings.input], settings)
    if not os.path.isdir(settings.input):
        raise SystemExit(f"the input {settings.input} does not exist")
    files = sorted(os.path.join(place, name) for place, _, names in os.walk(settings.input) for name in names)
    return _of_files(files, settings)


def _of_files(files, settings, table=None):
    if settings.partition_keys:
        if table is None or not table.partition_keys:
            raise SystemExit("partition_keys need an MLTable with a partition format, or one that is read as rows")
        said = next(options for name, options in table._transformations if name == "extract_columns_from_partition_format")
        form = own_reader("partitions").PartitionFormat(said["partition_format"] if isinstance(said, dict) else said)
        groups = {}
        for path in files:
            values = form.values_in(path)
            key = tuple(str(_known(values, name)) for name in settings.partition_keys)
            groups.setdefault(key, []).append(path)
        return [Batch(index, groups[key], dict(zip(settings.partition_keys, key))) for index, key in enumerate(sorted(groups))]
    size = settings.items_per_batch()
    return [Batch(index, files[at : at + size]) for index, at in enumerate(range(0, len(files), size))]


def _known(values, name):
    if name not in values:
        raise SystemExit(f"there is no column {name} to partition by; there is {', '.join(map(str, values))}")
    return values[name]


def _of_rows(frame, settings):
    if settings.partition_keys:
        for name in settings.partition_keys:
            _known({column: None for column in frame.columns}, name)
        keys = settings.partition_keys if len(settings.partition_keys) > 1 else settings.partition_keys[0]
        groups = list(frame.groupby(keys, sort=True, dropna=False))
        batches = []
        for index, (key, rows) in enumerate(groups):
            values = key if isinstance(key, tuple) else (key,)
            batches.append(Batch(index, rows.reset_index(drop=True), dict(zip(settings.partition_keys, values))))
        return batches
    if len(frame) == 0:
        return []
    wanted = settings.bytes_per_batch()
    if wanted is None:
        rows_each = settings.items_per_batch()
    else:
        rows_each = max(1, int(wanted / max(1.0, frame.memory_usage(deep=True).sum() / len(frame))))
    return [Batch(index, frame.iloc[at : at + rows_each].reset_index(drop=True)) for index, at in enumerate(range(0, len(frame), rows_each))]
