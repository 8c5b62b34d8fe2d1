"""Reads and writes the YAML of MLTable files: by PyYAML where it is installed, else what such files consist of.

Without PyYAML: maps and lists by indentation or in brackets, texts with and without quotes, numbers, truth values and comments.
"""

import json
import re


def read_yaml(text, file):
    try:
        import yaml
    except ImportError:
        return _Reader(text, file).document()
    return yaml.safe_load(text)


def write_yaml(value, file):
    try:
        import yaml
    except ImportError:
        # JSON is YAML, too.
        return json.dump(value, file, indent=2)
    return yaml.safe_dump(value, file, sort_keys=False)


_key = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#\[\]{},&*!|>%@"'-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)""")
_escapes = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\", "/": "/"}


class _Reader:
    def __init__(self, text, file):
        self.file = file
        self.lines = []
        for number, line in enumerate(text.splitlines(), start=1):
            bare = line.strip()
            if bare and not bare.startswith("#") and bare != "---":
                self.lines.append((number, len(line) - len(line.lstrip(" ")), _without_comment(bare)))
        self.at = 0
        # Of the line that is being read, for who has to mend it.
        self.number = 1

    def document(self):
        value = self._block(self.lines[0][1]) if self.lines else None
        if self.at < len(self.lines):
            self.number = self.lines[self.at][0]
            self._refuse("it is indented otherwise than what stands around it")
        return value

    def _refuse(self, why):
        raise ValueError(f"{self.file}, line {self.number} cannot be read without PyYAML: {why}. Add pyyaml to the packages of the step's environment")

    def _block(self, indent):
        if self.lines[self.at][2].startswith(("- ", "-")) and not _key.match(self.lines[self.at][2]):
            return self._list(indent)
        if _key.match(self.lines[self.at][2]):
            return self._map(indent)
        return self._value_of_lines(indent)

    def _value_of_lines(self, indent):
        self.number, _, text = self.lines[self.at]
        self.at += 1
        while self.at < len(self.lines) and self.lines[self.at][1] >= indent and (text.count("[") > text.count("]") or text.count("{") > text.count("}")):
            text += " " + self.lines[self.at][2]
            self.at += 1
        return self._scalar_or_flow(text)

    def _list(self, indent):
        items = []
        while self.at < len(self.lines) and self.lines[self.at][1] == indent and re.match(r"-(\s|$)", self.lines[self.at][2]):
            number, _, text = self.lines[self.at]
            rest = text[1:].lstrip()
            if rest:
                # What follows the dash is a block of its own, as far in as it stands.
                self.lines[self.at] = (number, indent + len(text) - len(rest), rest)
                items.append(self._block(indent + len(text) - len(rest)))
            else:
                self.at += 1
                items.append(self._nested(indent + 1))
        return items

    def _map(self, indent):
        members = {}
        while self.at < len(self.lines) and self.lines[self.at][1] == indent:
            number, _, text = self.lines[self.at]
            match = _key.match(text)
            if match is None:
                break
            name = self._scalar_or_flow(match.group(1))
            rest = text[match.end() :].strip()
            if rest:
                self.lines[self.at] = (number, indent + 1, rest)
                members[name] = self._value_of_lines(indent + 1)
            else:
                self.at += 1
                # A list may stand as far left as its key.
                is_list = self.at < len(self.lines) and self.lines[self.at][1] == indent and re.match(r"-(\s|$)", self.lines[self.at][2])
                members[name] = self._nested(indent if is_list else indent + 1)
        return members

    def _nested(self, least):
        if self.at >= len(self.lines) or self.lines[self.at][1] < least:
            return None
        return self._block(self.lines[self.at][1])

    def _scalar_or_flow(self, text):
        text = text.strip()
        if text[:1] in ("[", "{"):
            value, end = self._flow(text, 0)
            if text[end:].strip():
                self._refuse("something follows the closing bracket")
            return value
        if text[:1] in ("&", "*", "!", "|", ">", "%", "@"):
            self._refuse(f"{text[0]} is not understood")
        return _scalar(text)

    def _flow(self, text, at):
        closing = "]" if text[at] == "[" else "}"
        items, members, at = [], {}, at + 1
        while True:
            at = _after_space(text, at)
            if at >= len(text):
                self._refuse(f"{closing} is missing")
            if text[at] == closing:
                return (items if closing == "]" else members), at + 1
            if text[at] == ",":
                at += 1
                continue
            value, at = self._flow_value(text, at)
            at = _after_space(text, at)
            if closing == "}":
                if text[at : at + 1] != ":":
                    self._refuse("a member in braces has no value")
                members[value], at = self._flow_value(text, _after_space(text, at + 1))
            else:
                items.append(value)

    def _flow_value(self, text, at):
        if text[at : at + 1] in ("[", "{"):
            return self._flow(text, at)
        match = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^,\[\]{}:]|:(?!\s))+)""").match(text, at)
        if match is None:
            self._refuse("a value is missing")
        return _scalar(match.group(1).strip()), match.end()


def _after_space(text, at):
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _without_comment(line):
    quote = None
    for at, character in enumerate(line):
        if quote:
            quote = None if character == quote and line[at - 1] != "\\" else quote
        elif character in "\"'" and (at == 0 or line[at - 1] in " [{,:"):
            quote = character
        elif character == "#" and line[at - 1] in " \t":
            return line[:at].rstrip()
    return line


def _scalar(text):
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return re.sub(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", _unescaped, text[1:-1])
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in ("true", "yes", "on"):
        return True
    if text.lower() in ("false", "no", "off"):
        return False
    if re.fullmatch(r"[-+]?(0|[1-9]\d*)", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]\d+)?", text):
        return float(text)
    return text


def _unescaped(match):
    said = match.group(1)
    return chr(int(said[1:], 16)) if said[0] in "xu" and len(said) > 1 else _escapes.get(said, said)
