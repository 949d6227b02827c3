"""The objects that hold bytes: ArrayBuffers and typed arrays."""

from __future__ import annotations

import math
import struct
from typing import Final

from ssot_action.evaluation.builtins.natives import (
    complete,
    unknown_outcome,
)
from ssot_action.evaluation.convert import (
    string_to_number,
)
from ssot_action.evaluation.values import (
    MISSING,
    JSObject,
    PropertyKey,
    Unknown,
    UnknownCode,
    Value,
    is_array_index,
    type_error,
)

# The kinds of typed arrays; how `struct` writes an element of each.
FORMATS: Final = {
    "BigInt64Array": "q",
    "BigUint64Array": "Q",
    "Float32Array": "f",
    "Float64Array": "d",
    "Int16Array": "h",
    "Int32Array": "i",
    "Int8Array": "b",
    "Uint16Array": "H",
    "Uint32Array": "I",
    "Uint8Array": "B",
    "Uint8ClampedArray": "B",
}
_BYTE: Final = 255
# Halfway from the largest single to what would be the next: from here on it is infinity.
_LARGEST_FLOAT32: Final = (2 - 2**-24) * 2.0**127

ARRAY_BUFFER_PROTOTYPE: Final = JSObject()
TYPED_ARRAY_PROTOTYPE: Final = JSObject()
PROTOTYPES: Final = {name: JSObject({}, TYPED_ARRAY_PROTOTYPE) for name in FORMATS}


class ArrayBufferObject(JSObject):
    """An ArrayBuffer; `data` are its bytes."""

    __slots__ = ("data",)

    def __init__(self, data: bytearray) -> None:
        super().__init__(None, ARRAY_BUFFER_PROTOTYPE)
        self.data = data

    def own_keys(self) -> list[PropertyKey]:
        """Raise: whoever lists the keys of bytes takes them for a plain object."""
        raise unknown_outcome("an ArrayBuffer is taken for a plain object", code=UnknownCode.MODEL)


class TypedArrayObject(JSObject):
    """A typed array: a view of a part of a buffer.

    Attributes:
        kind: the name of its class.
        buffer: where its elements are.
        offset: where in the buffer the first one is.
        length: how many there are.
    """

    __slots__ = ("buffer", "kind", "length", "offset")

    def __init__(self, kind: str, buffer: ArrayBufferObject, offset: int, length: int) -> None:
        super().__init__(None, PROTOTYPES[kind])
        self.kind = kind
        self.buffer = buffer
        self.offset = offset
        self.length = length

    @property
    def element_size(self) -> int:
        """How many bytes an element has."""
        return struct.calcsize(f"<{FORMATS[self.kind]}")

    def get_own(self, key: PropertyKey) -> Value:
        """Return the own property `key`."""
        if not isinstance(key, str) or not is_array_index(key):
            return super().get_own(key)
        if int(key) >= self.length:
            return MISSING
        return self.incomplete or self.buffer.incomplete or self.read(int(key))

    def set_own(self, key: PropertyKey, value: Value) -> None:
        """Set the own property `key`."""
        if not isinstance(key, str) or not is_array_index(key):
            super().set_own(key, value)
        elif int(key) < self.length:
            if isinstance(value, str):
                value = string_to_number(value)
            if isinstance(value, float | int):
                self.write(int(key), float(value) if isinstance(value, bool) else value)
            else:
                reason = "writing this value to a typed array is not modelled"
                self.incomplete = (
                    value if isinstance(value, Unknown) else Unknown(UnknownCode.MODEL, reason)
                )

    def own_keys(self) -> list[PropertyKey]:
        """Return the enumerable own keys."""
        return [*map(str, range(self.length)), *super().own_keys()]

    def read(self, index: int) -> float | int:
        """Return an element."""
        at = self.offset + index * self.element_size
        value = struct.unpack_from(f"<{FORMATS[self.kind]}", self.buffer.data, at)[0]
        return int(value) if self.is_bigint else float(value)

    def write(self, index: int, value: float) -> None:
        """Set an element to a number or bigint, as its class holds it."""
        at = self.offset + index * self.element_size
        encoded = _encode(self.kind, value)
        self.buffer.data[at : at + len(encoded)] = encoded

    @property
    def is_bigint(self) -> bool:
        """Whether the elements are bigints."""
        return self.kind.startswith("Big")

    def values(self) -> list[Value]:
        """Return all elements."""
        complete(self.buffer)
        return [self.read(index) for index in range(complete(self).length)]


def _encode(kind: str, value: float) -> bytes:
    form = FORMATS[kind]
    if kind.startswith("Float"):
        is_huge = kind == "Float32Array" and abs(value) >= _LARGEST_FLOAT32
        return struct.pack(f"<{form}", math.copysign(math.inf, value) if is_huge else value)
    if kind.startswith("Big") is isinstance(value, float):
        raise type_error("Cannot mix BigInt and other types, use explicit conversions")
    if kind == "Uint8ClampedArray":
        whole = 0 if math.isnan(value) else round(min(max(value, 0), _BYTE))
    else:
        whole = int(value) if math.isfinite(value) else 0
    size = struct.calcsize(f"<{form}")
    return (whole % (1 << 8 * size)).to_bytes(size, "little")


def make_bytes(data: bytes) -> TypedArrayObject:
    """Return a Uint8Array."""
    return TypedArrayObject("Uint8Array", ArrayBufferObject(bytearray(data)), 0, len(data))
