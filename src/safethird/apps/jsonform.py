"""Answers as JSON, through one pydantic model."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from safethird.readings.answer import Answer

ANSWER = TypeAdapter(Answer)


def dump(value: Any) -> str:
    """JSON text of answers and plain data, with letters as they are."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """Answers turned to plain data, wherever they stand."""
    if isinstance(value, Answer):
        return ANSWER.dump_python(value, mode="json")
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
