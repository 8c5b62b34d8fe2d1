"""A partition format: what the places in a path say of the rows in it, as `/{year:yyyy}/{region}/data.csv`."""

import datetime
import re

_part = re.compile(r"\{([^{}:]+)(?::([^{}]+))?\}")
_dates = {"yyyy": ("%Y", r"\d{4}"), "MM": ("%m", r"\d{2}"), "dd": ("%d", r"\d{2}"), "HH": ("%H", r"\d{2}"), "mm": ("%M", r"\d{2}"), "ss": ("%S", r"\d{2}")}
_date_part = re.compile("|".join(_dates))


class PartitionFormat:
    def __init__(self, text):
        self._dated = {}
        self.names = []
        pattern = ""
        at = 0
        for match in _part.finditer(text):
            pattern += re.escape(text[at : match.start()])
            at = match.end()
            name, form = match.groups()
            if name not in self.names:
                self.names.append(name)
            if form is None:
                pattern += f"(?P<{_group(name)}>[^/]*?)"
            else:
                number = len(self._dated.setdefault(name, []))
                self._dated[name].append(_date_part.sub(lambda found: _dates[found.group()][0], form))
                inner = _date_part.sub(lambda found: _dates[found.group()][1], re.escape(form))
                pattern += f"(?P<{_group(name)}__{number}>{inner})"
        pattern += re.escape(text[at:])
        self._text = text
        self._pattern = re.compile(pattern + "$")

    def values_in(self, path):
        match = self._pattern.search(path)
        if match is None:
            raise ValueError(f"the path {path} is not of the form {self._text}")
        values = {}
        for name in self.names:
            forms = self._dated.get(name)
            if forms is None:
                values[name] = match[_group(name)]
            else:
                said = " ".join(match[f"{_group(name)}__{number}"] for number in range(len(forms)))
                values[name] = datetime.datetime.strptime(said, " ".join(forms))
        return values


def _group(name):
    return re.sub(r"\W", "_", name)
