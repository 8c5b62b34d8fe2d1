"""Reads and writes MLTable files without any package of Azure's; an installed `mltable` is used in its place."""

from pipewright_beside import installed

if installed(__name__) is None:
    from .table import (  # noqa: F401
        DataType,
        MLTable,
        MLTableFileEncoding,
        MLTableHeaders,
        from_delimited_files,
        from_delta_lake,
        from_json_lines_files,
        from_parquet_files,
        from_paths,
        load,
    )
