"""TextEncoder and TextDecoder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.buffers import (
    ArrayBufferObject,
    TypedArrayObject,
    make_bytes,
)
from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    complete,
    define_class,
    define_getter,
    define_methods,
    finish,
    known,
    needs_new,
    receiver,
    unknown_outcome,
)
from ssot_action.evaluation.builtins.text import from_units, is_surrogate
from ssot_action.evaluation.convert import (
    to_string,
)
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSObject,
    Nature,
    UnknownCode,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_ENCODINGS: Final = ("utf-8", "utf8", "unicode-1-1-utf-8")

TEXT_ENCODER_PROTOTYPE: Final = JSObject()
TEXT_DECODER_PROTOTYPE: Final = JSObject()


def _construct_encoder(
    interpreter: Interpreter, _arguments: list[Value], new_target: JSObject
) -> Value:
    return adopt(interpreter, JSObject({}, TEXT_ENCODER_PROTOTYPE), new_target)


def _encode_text(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = argument(arguments, 0)
    text = "" if value is UNDEFINED else from_units(to_string(interpreter, value))
    whole = "".join("\ufffd" if is_surrogate(character) else character for character in text)
    return make_bytes(whole.encode("utf-8"))


class TextDecoderObject(JSObject):
    """A TextDecoder of UTF-8."""

    __slots__ = ()


def _construct_decoder(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    label = argument(arguments, 0)
    encoding = "utf-8" if label is UNDEFINED else to_string(interpreter, label)
    if encoding.strip().lower() not in _ENCODINGS or argument(arguments, 1) is not UNDEFINED:
        raise unknown_outcome("this way to decode text is not modelled", code=UnknownCode.MODEL)
    return adopt(interpreter, TextDecoderObject({}, TEXT_DECODER_PROTOTYPE), new_target)


def _decode_text(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    receiver(this, TextDecoderObject, "decode")
    source = known(argument(arguments, 0))
    if argument(arguments, 1) is not UNDEFINED:
        raise unknown_outcome("decoding in parts is not modelled", code=UnknownCode.MODEL)
    if source is UNDEFINED:
        return ""
    if isinstance(source, TypedArrayObject):
        start = complete(source).offset
        end = start + source.length * source.element_size
        data = complete(source.buffer).data[start:end]
    elif isinstance(source, ArrayBufferObject):
        data = complete(source).data
    else:
        raise type_error("The provided value is not an ArrayBuffer or a view of one")
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def _encoding(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    return "utf-8"


TEXT_ENCODER: Final = define_class(
    "TextEncoder", TEXT_ENCODER_PROTOTYPE, needs_new("TextEncoder"), _construct_encoder
)
TEXT_DECODER: Final = define_class(
    "TextDecoder", TEXT_DECODER_PROTOTYPE, needs_new("TextDecoder"), _construct_decoder
)
define_methods(TEXT_ENCODER_PROTOTYPE, {"encode": _encode_text}, Nature.INSTANCE)
define_methods(TEXT_DECODER_PROTOTYPE, {"decode": _decode_text}, Nature.PRIMITIVE)
for _prototype in (TEXT_ENCODER_PROTOTYPE, TEXT_DECODER_PROTOTYPE):
    define_getter(_prototype, "encoding", _encoding)
finish(TEXT_ENCODER, TEXT_ENCODER_PROTOTYPE, TEXT_DECODER, TEXT_DECODER_PROTOTYPE)
