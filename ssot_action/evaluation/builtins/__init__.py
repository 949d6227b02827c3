"""ECMAScript's built-in objects, and those of the host as far as they can be known."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins import binary, collections, number, uri, weak_collections
from ssot_action.evaluation.builtins.array import ARRAY
from ssot_action.evaluation.builtins.date import DATE
from ssot_action.evaluation.builtins.environment import GlobalObject, environment
from ssot_action.evaluation.builtins.errors import AGGREGATE_ERROR, ERROR, SUBCLASSES
from ssot_action.evaluation.builtins.function import FUNCTION, REFLECT
from ssot_action.evaluation.builtins.iterators import ITERATOR
from ssot_action.evaluation.builtins.json import JSON
from ssot_action.evaluation.builtins.math import MATH
from ssot_action.evaluation.builtins.object import OBJECT
from ssot_action.evaluation.builtins.promise import PROMISE
from ssot_action.evaluation.builtins.regexp import REGEXP
from ssot_action.evaluation.builtins.search_params import SEARCH_PARAMS
from ssot_action.evaluation.builtins.string import STRING
from ssot_action.evaluation.builtins.symbol import SYMBOL
from ssot_action.evaluation.builtins.text_encoding import TEXT_DECODER, TEXT_ENCODER
from ssot_action.evaluation.builtins.url import URL
from ssot_action.evaluation.values import UNDEFINED

if TYPE_CHECKING:
    from ssot_action.evaluation.values import PropertyKey, Value

_INTRINSICS: dict[str, Value] = {
    "AggregateError": AGGREGATE_ERROR,
    "Array": ARRAY,
    "BigInt": number.BIGINT,
    "Boolean": number.BOOLEAN,
    "Date": DATE,
    "Error": ERROR,
    "Function": FUNCTION,
    "Infinity": inf,
    "Iterator": ITERATOR,
    "JSON": JSON,
    "Map": collections.MAP,
    "Math": MATH,
    "NaN": nan,
    "Number": number.NUMBER,
    "Object": OBJECT,
    "Promise": PROMISE,
    "Reflect": REFLECT,
    "RegExp": REGEXP,
    "Set": collections.SET,
    "String": STRING,
    "Symbol": SYMBOL,
    "TextDecoder": TEXT_DECODER,
    "TextEncoder": TEXT_ENCODER,
    "URL": URL,
    "URLSearchParams": SEARCH_PARAMS,
    "WeakMap": weak_collections.WEAK_MAP,
    "WeakRef": weak_collections.WEAK_REF,
    "WeakSet": weak_collections.WEAK_SET,
    "isFinite": number.IS_FINITE,
    "isNaN": number.IS_NAN,
    "parseFloat": number.PARSE_FLOAT,
    "parseInt": number.PARSE_INT,
    "undefined": UNDEFINED,
    **SUBCLASSES,
    **binary.CLASSES,
    **uri.FUNCTIONS,
}


def make_globals() -> dict[str, Value]:
    """Return fresh global variables; `globalThis` is a view of the same dictionary."""
    variables: dict[str, Value] = {**_INTRINSICS, **environment()}
    properties: dict[PropertyKey, Value] = variables  # type: ignore[assignment]
    variables["globalThis"] = GlobalObject(properties)
    return variables


__all__ = ["make_globals"]
