"""Reading YAML safely: plain data only, no aliases, bounded, and the line of every field kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from safethird.cases.faults import BadFile, Fault

MOST_BYTES = 8_000_000
MOST_DEPTH = 20
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> tuple[Any, dict[str, int]]:
    """The data in a YAML (or JSON) file, and the line of every path in it.

    Raises:
        BadFile: it is missing, empty, too large, not UTF-8, not YAML, repeats a field, or uses aliases.
    """
    try:
        if path.exists() and not path.is_file():
            raise BadFile([Fault("file", "It cannot be read: it is not a regular file.", "Check the path.")])
        with path.open("rb") as stream:
            return parse(decoded(stream.read(MOST_BYTES + 1)))
    except FileNotFoundError:
        raise BadFile([Fault("file", "There is no such file.", "Check the path.")]) from None
    except OSError as error:
        raise BadFile([Fault("file", f"It cannot be read ({error.strerror}).", "Check the path.")]) from None


def decoded(data: bytes) -> str:
    """The text of a file's bytes.

    Raises:
        BadFile: it is too large or not UTF-8.
    """
    if len(data) > MOST_BYTES:
        raise BadFile([Fault("file", f"It is larger than {MOST_BYTES // 1_000_000} MB.", "Split it.")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile([Fault("file", "It is not UTF-8 text.", "Save it as UTF-8.")]) from None


def parse(text: str) -> tuple[Any, dict[str, int]]:
    """The data in a YAML text, and the line of every path in it."""
    reader = _Reader()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            reader.check(event)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadFile([Fault(f"line {line}", f"This is not YAML: {error.problem}.", "Mend the line.")]) from None
    except yaml.YAMLError:
        raise BadFile([Fault("file", "This is not YAML.", "Remove characters that cannot be printed.")]) from None
    except RecursionError:
        raise BadFile([Fault("file", "It is nested too deeply.", f"Use at most {MOST_DEPTH} levels.")]) from None
    if node is None:
        raise BadFile([Fault("file", "It is empty.", "See 'safethird decide --help' for a case to start from.")])
    data = reader.build(node, "")
    if reader.faults:
        raise BadFile(reader.faults)
    return data, reader.lines


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []
        self._depth = 0

    def check(self, event: yaml.Event) -> None:
        line = f"line {event.start_mark.line + 1}" if event.start_mark else "file"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadFile([Fault(line, "Anchors and aliases (& and *) are not allowed.", "Write the value out.")])
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._depth += 1
            if self._depth > MOST_DEPTH:
                raise BadFile([Fault(line, "It is nested too deeply.", f"Use at most {MOST_DEPTH} levels.")])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._depth -= 1

    def build(self, node: yaml.Node, path: str) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(getattr(key_node, "value", "?"))
                place = f"{path}.{key}" if path else key
                if key in found:
                    self.faults.append(
                        Fault(
                            f"{place} (line {key_node.start_mark.line + 1})",
                            "It is given twice.",
                            "Keep one.",
                        )
                    )
                found[key] = self.build(value_node, place)
            return found
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, f"{path}[{number}]") for number, child in enumerate(node.value)]
        return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    kind, text = node.tag.rsplit(":", 1)[-1], str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind == "int":
        try:
            return int(text.replace("_", ""), 0) if text.lstrip("+-0") else 0
        except ValueError:
            return text
    return text
