"""The worker that draws: reads one job from standard input, writes the pictures to standard output.

The renderer keeps Python's lock while it draws and runs JavaScript, so it gets a process of its own, without network:
it may fetch no address. Run by :mod:`safethird.flows.render` alone.
"""

from __future__ import annotations

import json
import sys
from typing import Any

VERSION = "6.4"


def main() -> None:
    """Draw one specification in every format asked for; each picture is preceded by its length in eight bytes."""
    job = json.load(sys.stdin.buffer)
    for image in (paint(job["spec"], kind, job["scale"]) for kind in job["kinds"]):
        sys.stdout.buffer.write(len(image).to_bytes(8, "big") + image)


def paint(spec: dict[str, Any], kind: str, scale: float) -> bytes:
    """A specification as the bytes of an ``svg`` or a ``png``."""
    import vl_convert

    if kind == "svg":
        text: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
        return text.encode()
    image: bytes = vl_convert.vegalite_to_png(spec, vl_version=VERSION, scale=scale, allowed_base_urls=[])
    return image


if __name__ == "__main__":
    main()
