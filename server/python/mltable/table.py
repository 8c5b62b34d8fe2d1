"""An MLTable: where the files lie, how they are read, and what is done to the rows. Rows come as a pandas DataFrame."""

import glob
import os
import random
import re
from enum import Enum
from urllib.parse import urlparse
from urllib.request import url2pathname

from .partitions import PartitionFormat
from .rows import filter_rows, convert_columns, pandas, read_file
from .simple_yaml import read_yaml, write_yaml


class MLTableHeaders(Enum):
    no_header = 1
    from_first_file = 2
    all_files_different_headers = 3
    all_files_same_headers = 4


class MLTableFileEncoding(Enum):
    utf8 = "utf8"
    iso88591 = "iso88591"
    latin1 = "latin1"
    ascii = "ascii"
    utf16 = "utf16"
    utf32 = "utf32"
    utf8bom = "utf8bom"
    windows1252 = "windows1252"


class DataType:
    """A type for `convert_column_types`."""

    def __init__(self, kind, **details):
        self.kind = kind
        self.details = details

    @staticmethod
    def to_string():
        return DataType("string")

    @staticmethod
    def to_int():
        return DataType("int")

    @staticmethod
    def to_float():
        return DataType("float")

    @staticmethod
    def to_bool(true_values=None, false_values=None, mismatch_as=None):
        return DataType("boolean", true_values=true_values, false_values=false_values, mismatch_as=mismatch_as)

    @staticmethod
    def to_datetime(formats, date_constant=None):
        return DataType("datetime", formats=[formats] if isinstance(formats, str) else list(formats))

    @staticmethod
    def to_stream():
        return DataType("stream_info")

    def _written(self):
        details = {key: value for key, value in self.details.items() if value is not None}
        return {self.kind: details} if details else self.kind


_readers = ("read_delimited", "read_parquet", "read_json_lines", "read_delta_lake")


class MLTable:
    """Lazy: every method answers another table, and nothing is read before rows are asked for."""

    def __init__(self, paths, transformations=(), folder=None, metadata=None):
        self._paths = [dict(path) for path in paths]
        self._transformations = list(transformations)
        self._folder = folder or os.getcwd()
        self._metadata = dict(metadata or {})

    # What it is made of

    @property
    def paths(self):
        return [dict(path) for path in self._paths]

    @property
    def metadata(self):
        return dict(self._metadata)

    @property
    def partition_keys(self):
        for name, options in self._transformations:
            if name == "extract_columns_from_partition_format":
                return PartitionFormat(_text_of(options, "partition_format")).names
        return []

    @property
    def is_tabular(self):
        """Whether its files are read as rows; else it is a list of files."""
        return any(name in _readers for name, _ in self._transformations)

    def files(self):
        """Absolute paths of its files, sorted within each entry."""
        found = []
        for entry in self._paths:
            for kind in ("file", "folder", "pattern"):
                if kind in entry:
                    found.extend(_files_of(kind, self._absolute(entry[kind])))
        return found

    def _absolute(self, path):
        text = str(path)
        if text.startswith("file://"):
            return url2pathname(urlparse(text).path)
        if re.match(r"^[a-z][a-z0-9+.-]*://", text, re.I) or text.startswith("azureml:"):
            raise ValueError(f"{text} is not on this machine: give the table as an input, or paths beside the MLTable file")
        return text if os.path.isabs(text) else os.path.join(self._folder, text)

    def _with(self, name, options):
        return MLTable(self._paths, [*self._transformations, (name, options)], self._folder, self._metadata)

    # What is done to the rows

    def take(self, count=20):
        return self._with("take", int(count))

    def skip(self, count):
        return self._with("skip", int(count))

    def take_random_sample(self, probability, seed=None):
        return self._with("take_random_sample", {"probability": probability, "seed": seed})

    def drop_columns(self, columns):
        return self._with("drop_columns", columns)

    def keep_columns(self, columns):
        return self._with("keep_columns", columns)

    def filter(self, expression):
        return self._with("filter", expression)

    def convert_column_types(self, column_types):
        written = [
            {"columns": list(columns) if isinstance(columns, (tuple, list)) else columns, "column_type": kind._written()}
            for columns, kind in column_types.items()
        ]
        return self._with("convert_column_types", written)

    def extract_columns_from_partition_format(self, partition_format):
        return self._with("extract_columns_from_partition_format", {"partition_format": partition_format})

    def random_split(self, percent=0.5, seed=None):
        seed = random.randrange(2**31) if seed is None else seed
        first = self._with("random_split", {"percent": percent, "seed": seed, "part": 0})
        return first, self._with("random_split", {"percent": percent, "seed": seed, "part": 1})

    # What comes out

    def to_pandas_dataframe(self):
        return _rows_of(self)

    def show(self, count=20):
        return self.take(count).to_pandas_dataframe()

    def get_partition_count(self):
        return len(self.files())

    def validate(self):
        self.take(1).to_pandas_dataframe()

    def save(self, path=None, overwrite=True, colocated=False, show_progress=False, if_err_remove_files=True):
        """Writes the MLTable file into a folder; its paths are written relative to it where they can be."""
        folder = os.path.abspath(path or self._folder)
        os.makedirs(folder, exist_ok=True)
        target = os.path.join(folder, "MLTable")
        if os.path.exists(target) and not overwrite:
            raise ValueError(f"{target} exists: pass overwrite=True to write over it")
        written = {"type": "mltable", "paths": [{kind: self._relative(value, folder) for kind, value in entry.items()} for entry in self._paths]}
        if self._metadata:
            written["metadata"] = self._metadata
        if self._transformations:
            written["transformations"] = [{name: options} if options is not None else name for name, options in self._transformations]
        with open(target, "w", encoding="utf-8") as file:
            write_yaml(written, file)
        return self

    def _relative(self, path, folder):
        if re.match(r"^[a-z][a-z0-9+.-]*:", str(path), re.I):
            return str(path)
        return os.path.relpath(self._absolute(path), folder)


def _files_of(kind, path):
    if kind == "file":
        if not os.path.isfile(path):
            raise FileNotFoundError(f"the file {path} that the MLTable names does not exist")
        return [path]
    if kind == "folder":
        if not os.path.isdir(path):
            raise FileNotFoundError(f"the folder {path} that the MLTable names does not exist")
        inside = [os.path.join(place, name) for place, _, names in os.walk(path) for name in names]
        return sorted(each for each in inside if os.path.basename(each) != "MLTable")
    return sorted(each for each in glob.glob(path, recursive=True) if os.path.isfile(each) and os.path.basename(each) != "MLTable")


def _text_of(options, key):
    return options[key] if isinstance(options, dict) else options


def _rows_of(table):
    pd = pandas()
    readers = [(name, options) for name, options in table._transformations if name in _readers]
    if len(readers) > 1:
        raise ValueError("an MLTable reads its files in one way: it has " + " and ".join(name for name, _ in readers))
    name, options = readers[0] if readers else ("paths", {})
    options = options if isinstance(options, dict) else {}
    partition = next((PartitionFormat(_text_of(said, "partition_format")) for key, said in table._transformations if key == "extract_columns_from_partition_format"), None)
    pieces = []
    header = None
    for path in table.files():
        rows, header = read_file(name, path, options, header)
        if partition is not None:
            for column, value in partition.values_in(path).items():
                rows.insert(len(rows.columns), column, value)
        if options.get("include_path_column"):
            rows.insert(0, "Path", path)
        pieces.append(rows)
    frame = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame()
    for step, said in table._transformations:
        if step not in _readers and step != "extract_columns_from_partition_format":
            frame = _changed(frame, step, said)
    return frame.reset_index(drop=True)


def _changed(frame, step, said):
    if step == "take":
        return frame.head(int(_text_of(said, "count")))
    if step == "skip":
        return frame.iloc[int(_text_of(said, "count")) :]
    if step == "drop_columns":
        return frame.drop(columns=_names(said, frame))
    if step == "keep_columns":
        return frame[_names(said, frame)]
    if step == "convert_column_types":
        return convert_columns(frame, said)
    if step == "filter":
        return filter_rows(frame, said)
    if step == "take_random_sample":
        chance = random.Random(said.get("seed"))
        return frame[[chance.random() < said["probability"] for _ in range(len(frame))]]
    if step == "random_split":
        chance = random.Random(said["seed"])
        wanted = said["part"] == 0
        return frame[[(chance.random() < said["percent"]) == wanted for _ in range(len(frame))]]
    raise ValueError(f"the transformation {step} is not known here; known are take, skip, drop_columns, keep_columns, convert_column_types, filter, take_random_sample and the readers")


def _names(said, frame):
    said = said.get("columns", said) if isinstance(said, dict) else said
    names = [said] if isinstance(said, str) else list(said)
    unknown = [name for name in names if name not in frame.columns]
    if unknown:
        raise KeyError(f"there is no column {', '.join(unknown)}; the table has {', '.join(map(str, frame.columns))}")
    return names


def load(uri, storage_options=None, ml_client=None):
    """The table of a folder with an MLTable file in it, or of that file."""
    text = str(uri)
    path = url2pathname(urlparse(text).path) if text.startswith("file://") else text
    if text.startswith("azureml:"):
        raise ValueError(f"{text} is not on this machine: give the table as an input of the step")
    file = os.path.join(path, "MLTable") if os.path.isdir(path) else path
    if not os.path.isfile(file):
        raise FileNotFoundError(f"there is no MLTable file in {path}")
    with open(file, encoding="utf-8") as opened:
        said = read_yaml(opened.read(), file)
    if not isinstance(said, dict) or not isinstance(said.get("paths"), list):
        raise ValueError(f'{file} is not an MLTable: it has no list of "paths"')
    steps = [_step_of(each, file) for each in said.get("transformations") or []]
    return MLTable(said["paths"], steps, os.path.dirname(os.path.abspath(file)), said.get("metadata"))


def _step_of(written, file):
    if isinstance(written, str):
        return written, None
    if isinstance(written, dict) and len(written) == 1:
        return next(iter(written.items()))
    raise ValueError(f"{file}: a transformation is a name, or one name with its options; this is {written!r}")


def from_paths(paths):
    return MLTable(paths)


def from_delimited_files(
    paths,
    header=MLTableHeaders.all_files_same_headers,
    delimiter=",",
    support_multi_line=False,
    empty_as_string=False,
    encoding=MLTableFileEncoding.utf8,
    include_path_column=False,
    infer_column_types=True,
):
    options = {
        "delimiter": delimiter,
        "header": header.name if isinstance(header, MLTableHeaders) else header,
        "encoding": encoding.value if isinstance(encoding, MLTableFileEncoding) else encoding,
        "support_multi_line": support_multi_line,
        "empty_as_string": empty_as_string,
        "include_path_column": include_path_column,
        "infer_column_types": infer_column_types,
    }
    return MLTable(paths)._with("read_delimited", options)


def from_parquet_files(paths, include_path_column=False):
    return MLTable(paths)._with("read_parquet", {"include_path_column": include_path_column})


def from_json_lines_files(paths, invalid_lines="error", encoding=MLTableFileEncoding.utf8, include_path_column=False):
    name = encoding.value if isinstance(encoding, MLTableFileEncoding) else encoding
    return MLTable(paths)._with("read_json_lines", {"invalid_lines": invalid_lines, "encoding": name, "include_path_column": include_path_column})


def from_delta_lake(delta_table_uri, timestamp_as_of=None, version_as_of=None, include_path_column=False):
    raise ValueError("Delta Lake tables cannot be read here: read their Parquet files with from_parquet_files, or use the package deltalake")
