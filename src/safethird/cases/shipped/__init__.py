"""The cases that come with the program, a file per side."""

from pathlib import Path

FILES = tuple(sorted(Path(__file__).parent.glob("*.yaml")))


def file_of(side: str) -> Path:
    """The file of one side's cases."""
    return Path(__file__).with_name(f"{side}.yaml")
