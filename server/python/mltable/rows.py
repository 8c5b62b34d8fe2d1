"""Rows of one file, and what is done to rows: types of columns and filters."""

import ast
import json

_encodings = {"utf8": "utf-8", "utf8bom": "utf-8-sig", "iso88591": "iso-8859-1", "latin1": "latin-1", "ascii": "ascii", "utf16": "utf-16", "utf32": "utf-32", "windows1252": "cp1252"}


def pandas():
    """Rows are a DataFrame, so reading them needs it; the words for where it is missing."""
    try:
        import pandas as module
    except ImportError:
        raise ImportError("mltable gives rows as a pandas DataFrame: add pandas to the packages of the step's environment") from None
    return module


def read_file(reader, path, options, header):
    """A DataFrame, and the names of the columns for the files that follow."""
    pd = pandas()
    if reader == "paths":
        return pd.DataFrame({"Path": [path]}), header
    if reader == "read_parquet":
        return pd.read_parquet(path), header
    if reader == "read_json_lines":
        return _json_lines(path, options), header
    if reader == "read_delimited":
        return _delimited(path, options, header)
    raise ValueError(f"{reader} cannot be read here: use read_delimited, read_parquet or read_json_lines")


def _delimited(path, options, header):
    pd = pandas()
    mode = str(options.get("header", "all_files_same_headers"))
    has_header = mode in ("all_files_same_headers", "all_files_different_headers", "True") or (mode == "from_first_file" and header is None)
    read = pd.read_csv(
        path,
        sep=options.get("delimiter", ","),
        header=0 if has_header else None,
        encoding=_encodings.get(str(options.get("encoding", "utf8")), str(options.get("encoding", "utf8"))),
        dtype=None if options.get("infer_column_types", True) else str,
        keep_default_na=not options.get("empty_as_string", False),
        skipinitialspace=False,
        engine="python" if len(str(options.get("delimiter", ","))) > 1 else "c",
    )
    if mode == "from_first_file":
        header = list(read.columns) if header is None else header
        read.columns = header[: len(read.columns)]
    elif not has_header:
        read.columns = [f"Column{number + 1}" for number in range(len(read.columns))]
    return read, header


def _json_lines(path, options):
    pd = pandas()
    rows = []
    encoding = _encodings.get(str(options.get("encoding", "utf8")), "utf-8")
    with open(path, encoding=encoding) as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                if options.get("invalid_lines", "error") == "error":
                    raise ValueError(f"{path}, line {number} is not JSON: {error}") from None
    return pd.DataFrame(rows)


def convert_columns(frame, conversions):
    frame = frame.copy()
    for conversion in conversions:
        columns = conversion["columns"]
        for column in [columns] if isinstance(columns, str) else columns:
            if column not in frame.columns:
                raise KeyError(f"there is no column {column} to convert; the table has {', '.join(map(str, frame.columns))}")
            frame[column] = _converted(frame[column], conversion["column_type"])
    return frame


def _converted(values, written):
    pd = pandas()
    kind, details = next(iter(written.items())) if isinstance(written, dict) else (written, {})
    details = details or {}
    if kind in ("int", "integer", "long"):
        numbers = pd.to_numeric(values)
        return numbers.astype("Int64" if numbers.isna().any() else "int64")
    if kind in ("float", "double", "number"):
        return pd.to_numeric(values).astype("float64")
    if kind in ("string", "str"):
        return values.astype("string").astype(object)
    if kind in ("boolean", "bool"):
        return _truths(values, details)
    if kind == "datetime":
        formats = details.get("formats") or []
        formats = [formats] if isinstance(formats, str) else formats
        return _dates(values, formats)
    if kind == "stream_info":
        return values
    raise ValueError(f"a column cannot be converted to {kind}; known are int, float, string, boolean, datetime and stream_info")


def _truths(values, details):
    true = {str(each).lower() for each in _list(details.get("true_values"))} or {"true", "yes", "1"}
    false = {str(each).lower() for each in _list(details.get("false_values"))} or {"false", "no", "0"}
    mismatch = details.get("mismatch_as")

    def truth(value):
        text = str(value).lower()
        if text in true:
            return True
        if text in false:
            return False
        if mismatch in ("true", "false"):
            return mismatch == "true"
        if mismatch == "error":
            raise ValueError(f"{value!r} is neither true nor false")
        return None

    return values.map(truth)


def _dates(values, formats):
    pd = pandas()
    if not formats:
        return pd.to_datetime(values)
    result = None
    for form in formats:
        parsed = pd.to_datetime(values, format=form, errors="coerce")
        result = parsed if result is None else result.fillna(parsed)
    return result


def _list(value):
    if value is None:
        return []
    return [value] if isinstance(value, (str, bool, int)) else list(value)


_comparisons = {ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge"}
_turned = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


def filter_rows(frame, expression):
    """Keeps the rows for which `col("a") > 1 and not (col("b") == "x")` is true; the text is parsed, never run."""
    tree = ast.parse(str(expression), mode="eval").body
    return frame[_truth_of(tree, frame)]


def _truth_of(node, frame):
    if isinstance(node, ast.BoolOp):
        parts = [_truth_of(each, frame) for each in node.values]
        whole = parts[0]
        for part in parts[1:]:
            whole = whole & part if isinstance(node.op, ast.And) else whole | part
        return whole
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        left, right = _truth_of(node.left, frame), _truth_of(node.right, frame)
        return left & right if isinstance(node.op, ast.BitAnd) else left | right
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        return ~_truth_of(node.operand, frame)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _comparisons:
        left, right = _value_of(node.left, frame), _value_of(node.comparators[0], frame)
        name = _comparisons[type(node.ops[0])]
        return getattr(left, name)(right) if hasattr(left, "eq") else getattr(right, _turned.get(name, name))(left)
    raise ValueError(f"the filter cannot be read at {ast.unparse(node) if hasattr(ast, 'unparse') else node}: write it as col('a') > 1 and col('b') == 'x'")


def _value_of(node, frame):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return -node.operand.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "col" and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
        name = node.args[0].value
        if name not in frame.columns:
            raise KeyError(f"there is no column {name}; the table has {', '.join(map(str, frame.columns))}")
        return frame[name]
    raise ValueError("a filter compares col('name') with a value")
