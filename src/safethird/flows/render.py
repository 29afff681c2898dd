"""A picture written to files: SVG, PNG, a page that needs nothing else, and CSV of exactly the values drawn.

Drawing happens in a process of its own (:mod:`safethird.flows.painter`), without network. Every file is first written
beside its place and then moved there, and nothing is written unless all can be.
"""

from __future__ import annotations

import csv
import io
import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from safethird.cases.faults import BadFile, Fault
from safethird.flows.chart_style import Rows, Spec
from safethird.flows.page import page

KINDS = (".svg", ".png", ".html", ".csv")
SCALE = 2.0
_PATIENCE = 180  # seconds


class CannotDraw(RuntimeError):
    """The worker that draws failed; its own words are in the message."""


def plotted(spec: Spec) -> Rows:
    """The values a picture draws, as rows."""
    rows: Rows = spec["datasets"]["values"]
    return rows


def write(spec: Spec, values: Rows | None, path: Path | str, *, overwrite: bool = False) -> Path:
    """Write one file, by the end of its name: ``.svg``, ``.png``, ``.html`` or ``.csv``.

    ``values`` go into the CSV and the table of a page; None, the usual case, takes the values that are drawn. Raises
    :class:`~safethird.cases.faults.BadFile` where the file cannot or must not be written, and :class:`CannotDraw`.
    """
    return write_all(spec, [path], values, overwrite=overwrite)[0]


def write_all(
    spec: Spec, paths: Iterable[Path | str], values: Rows | None = None, *, overwrite: bool = False
) -> list[Path]:
    """Write several files of one picture, all or none; the picture is drawn once for each format."""
    targets = checked(paths, overwrite=overwrite)
    ends = {path.suffix.lower() for path in targets}
    kinds = [kind for kind in ("svg", "png") if f".{kind}" in ends or (kind == "svg" and ".html" in ends)]
    images = dict(zip(kinds, drawn(spec, kinds), strict=True)) if kinds else {}
    rows = plotted(spec) if values is None else values
    made: list[tuple[Path, Path]] = []
    try:
        for path in targets:
            made.append((_beside(path, _content(path.suffix.lower(), spec, rows, images)), path))
        while made:
            made[0][0].replace(made[0][1])
            made.pop(0)
    finally:
        for temporary, _ in made:
            temporary.unlink(missing_ok=True)
    return targets


def write_rows(rows: Rows, path: Path | str, *, overwrite: bool = False) -> Path:
    """Rows alone as CSV, where there is no picture."""
    (target,) = checked([path], overwrite=overwrite)
    _beside(target, as_csv(rows).encode()).replace(target)
    return target


def checked(paths: Iterable[Path | str], *, overwrite: bool = False) -> list[Path]:
    """The files to write, if every one of them may be written; otherwise every reason at once.

    >>> checked(["no/such/folder/a.svg"])
    Traceback (most recent call last):
    ...
    safethird.cases.faults.BadFile: no/such/folder/a.svg: there is no folder no/such/folder. Make it first. ...
    """
    targets, faults = [Path(path) for path in paths], []
    for path in targets:
        if path.suffix.lower() not in KINDS:
            faults.append(Fault(str(path), "is no format written here.", f"End the name in {', '.join(KINDS)}."))
        elif path.is_dir():
            faults.append(Fault(str(path), "is a folder.", "Give the name of a file."))
        elif not path.parent.is_dir():
            faults.append(Fault(str(path), f"there is no folder {path.parent}.", "Make it first. Nothing was written."))
        elif path.exists() and not overwrite:
            faults.append(
                Fault(str(path), "exists already.", "Give --overwrite to replace it, or another name. It was kept.")
            )
        elif not os.access(path.parent, os.W_OK):
            faults.append(Fault(str(path), f"the folder {path.parent} cannot be written to.", "Choose another folder."))
    for path in {p for p in targets if [q.absolute() for q in targets].count(p.absolute()) > 1}:
        faults.append(Fault(str(path), "is given twice.", "Give each file once."))
    if faults:
        raise BadFile(faults)
    return targets


def drawn(spec: Spec, kinds: Sequence[str], *, scale: float = SCALE) -> list[bytes]:
    """The picture as ``svg`` and ``png``, drawn by the worker; both carry source and citation inside."""
    job = json.dumps({"spec": spec, "kinds": list(kinds), "scale": scale}).encode()
    command = [sys.executable, "-P", "-m", "safethird.flows.painter"]
    try:
        done = subprocess.run(command, input=job, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise CannotDraw(f"The picture was not ready after {_PATIENCE} seconds. Nothing was written.") from None
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise CannotDraw(f"The picture could not be drawn. Nothing was written. {' '.join(words[-3:])}")
    stream, images = io.BytesIO(done.stdout), []
    for kind in kinds:
        image = stream.read(int.from_bytes(stream.read(8), "big"))
        images.append(_dressed(image, spec) if kind == "svg" else _labelled(image, spec))
    return images


def as_csv(rows: Rows) -> str:
    """Rows as CSV text; a value that is not there is an empty cell, never zero.

    >>> as_csv([{"month": "2020-04-01", "value": None, "low": 0, "high": 5}]).splitlines()
    ['month,value,low,high', '2020-04-01,,0,5']
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _content(suffix: str, spec: Spec, rows: Rows, images: dict[str, bytes]) -> bytes:
    if suffix == ".csv":
        return as_csv(rows).encode()
    if suffix == ".html":
        return page(spec, rows, images["svg"].decode()).encode()
    return images[suffix[1:]]


def _dressed(svg: bytes, spec: Spec) -> bytes:
    """An SVG as one image with a name and a description, which is what screen readers can use."""
    meta = spec["usermeta"]
    name, words = escape(meta["heading"]), escape(" ".join([spec["description"], *meta["foot"]]))
    head, rest = svg.decode().split(">", 1)
    rest = rest.replace("<g ", '<g aria-hidden="true" ', 1)
    return (
        f'{head} role="img" xml:lang="{meta["lang"]}" aria-label="{name}">'
        f"<title>{name}</title><desc>{words}</desc>{rest}"
    ).encode()


def _labelled(png: bytes, spec: Spec) -> bytes:
    """A PNG with its title, source and citation as text inside the file, where picture programs show them."""
    meta, after = spec["usermeta"], 33  # the signature and the first part
    parts = b""
    for key, text in (
        ("Title", meta["heading"]),
        ("Description", spec["description"]),
        ("Source", "\n".join(meta["foot"])),
    ):
        body = b"iTXt" + key.encode() + b"\0\0\0" + meta["lang"].encode() + b"\0\0" + text.encode()
        parts += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:after] + parts + png[after:]


def _beside(path: Path, content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
    temporary = Path(file.name)
    temporary.chmod(0o666 & ~_umask())
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
