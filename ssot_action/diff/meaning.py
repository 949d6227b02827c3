"""When two validators mean the same, and when one is not known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ssot_action.contract.numbers import number_text

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json


def same_meaning(old: Json, new: Json) -> bool:
    """Return whether two validators of a contract accept the same values by their form."""
    return _meaning(old) == _meaning(new)


def has_unresolved(validator: Json) -> bool:
    """Return whether a part of a validator is unresolved."""
    if isinstance(validator, dict):
        if validator.get("type") == "unresolved":
            return True
        return any(map(has_unresolved, validator.values()))
    return isinstance(validator, list) and any(map(has_unresolved, validator))


def _meaning(value: Json) -> str:
    """Return a text that two values share iff they mean the same; for Python `1` equals `true`."""
    if isinstance(value, dict):
        members = value.get("value")
        if value.get("type") == "union" and isinstance(members, list):
            return f"union[{','.join(sorted(set(map(_meaning, members))))}]"
        parts = (f"{json.dumps(key)}:{_meaning(value[key])}" for key in sorted(value))
        return f"{{{','.join(parts)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_meaning, value))}]"
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return json.dumps(value)
    return number_text(value)
