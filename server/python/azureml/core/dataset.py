"""Data of the step's inputs and of the workspace, as a table or as files."""

import glob
import json
import os
import tempfile

from azureml.core import _local


class Dataset:
    """Files or a table at one place of this machine."""

    def __init__(self, path, name=None, version=None):
        self._path = str(path)
        self.name = name
        self.version = version
        self.id = name if version is None else f"{name}:{version}"

    @classmethod
    def get_by_name(cls, workspace=None, name=None, version="latest", **_unused):
        if name is None:
            raise TypeError("get_by_name needs a name")
        found = _local.api(f"data/{_local.quoted(name)}/versions/{_local.quoted(version)}")
        if found is None:
            raise LookupError(f"there is no data asset '{name}' with version {version}: register it with `pipewright register data --name {name} --path …`")
        asset = json.loads(found)
        return cls(fetch("data", name, asset["version"]), name, asset["version"])

    @classmethod
    def get_by_id(cls, workspace=None, id=None, **_unused):
        name, _, version = str(id).partition(":")
        return cls.get_by_name(workspace, name, version or "latest")

    class Tabular:
        @staticmethod
        def from_delimited_files(path, **options):
            return _Table(_one(path), options.get("separator", ","))

        @staticmethod
        def from_parquet_files(path, **_unused):
            return _Table(_one(path))

        @staticmethod
        def from_json_lines_files(path, **_unused):
            return _Table(_one(path))

    class File:
        @staticmethod
        def from_files(path, **_unused):
            return Dataset(_one(path))

    def to_pandas_dataframe(self, **_unused):
        return _read(self._path, ",")

    def to_path(self):
        return [os.path.relpath(path, self._root()) for path in _files(self._path)]

    def _root(self):
        return self._path if os.path.isdir(self._path) else os.path.dirname(self._path)

    def download(self, target_path=None, overwrite=False, **_unused):
        import shutil

        target = target_path or tempfile.mkdtemp()
        written = []
        root = self._root()
        for path in _files(self._path):
            place = os.path.join(target, os.path.relpath(path, root))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            if os.path.exists(place) and not overwrite:
                raise FileExistsError(f"{place} is there already: pass overwrite=True")
            shutil.copy(path, place)
            written.append(place)
        return written

    def mount(self, mount_point=None, **_unused):
        return _Mounted(self._path)

    def as_mount(self, *_unused):
        return self._path

    as_download = as_mount

    def register(self, *_unused, **_named):
        raise NotImplementedError("data gets its name in the pipeline (`name:` on an output) or with `pipewright register data --name N --path P`")

    def take(self, count):
        return _Frame(self.to_pandas_dataframe().head(count))

    # Scripts also hand an input on as a path.
    def __fspath__(self):
        return self._path

    def __str__(self):
        return self._path

    def __repr__(self):
        return f"Dataset({self._path!r})"


class _Table(Dataset):
    def __init__(self, path, separator=","):
        super().__init__(path)
        self._separator = separator

    def to_pandas_dataframe(self, **_unused):
        return _read(self._path, self._separator)


class _Frame:
    def __init__(self, frame):
        self._frame = frame

    def to_pandas_dataframe(self, **_unused):
        return self._frame


class _Mounted:
    """What is mounted lies on this machine already."""

    def __init__(self, path):
        self.mount_point = path

    def start(self):
        return self

    def stop(self):
        return None

    def __enter__(self):
        return self.mount_point

    def __exit__(self, *_unused):
        return None


def _one(path):
    if isinstance(path, (list, tuple)):
        if len(path) != 1:
            raise NotImplementedError("several places at once are a table of their own: make it with mltable.from_delimited_files")
        path = path[0]
    if not isinstance(path, (str, os.PathLike)):
        raise NotImplementedError("a place in a datastore is an input of the step here: give it a path and bind it in the pipeline")
    return path


def _files(path):
    if os.path.isdir(path):
        return sorted(place for place in glob.glob(os.path.join(path, "**"), recursive=True) if os.path.isfile(place))
    return sorted(glob.glob(path)) if glob.has_magic(path) else [path]


def _read(path, separator):
    if os.path.isfile(os.path.join(path, "MLTable")):
        import mltable

        return mltable.load(path).to_pandas_dataframe()
    import pandas

    readers = {
        ".parquet": pandas.read_parquet,
        ".json": lambda place: pandas.read_json(place, lines=True),
        ".jsonl": lambda place: pandas.read_json(place, lines=True),
        ".tsv": lambda place: pandas.read_csv(place, sep="\t"),
    }
    files = [place for place in _files(path) if not os.path.basename(place).startswith((".", "_"))]
    if not files:
        raise FileNotFoundError(f"there is no file to read at {path}")
    frames = [readers.get(os.path.splitext(place)[1].lower(), lambda place: pandas.read_csv(place, sep=separator))(place) for place in files]
    return frames[0] if len(frames) == 1 else pandas.concat(frames, ignore_index=True)


def fetch(noun, name, version):
    """A copy of an asset's bytes: what is registered is never changed."""
    base = f"{noun}/{_local.quoted(name)}/versions/{_local.quoted(version)}"
    asset = json.loads(_local.api(base))
    artifact = asset.get("artifact")
    if artifact is None:
        path = asset.get("path") or ""
        if os.path.exists(path):
            return path
        raise LookupError(f"the bytes of {name}:{version} are not on this machine: they lie at {path}")
    target = tempfile.mkdtemp(prefix="asset-")
    if not artifact["isFolder"]:
        file = os.path.join(target, os.path.basename(asset.get("path") or name) or name)
        _write(file, _local.api(f"{base}/content"))
        return file
    for listed in json.loads(_local.api(f"{base}/content"))["files"]:
        place = os.path.join(target, *listed["path"].split("/"))
        _write(place, _local.api(f"{base}/content/" + "/".join(_local.quoted(part) for part in listed["path"].split("/"))))
    return target


def _write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
