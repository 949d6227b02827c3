"""URL, for addresses of the web that need no normalization but of case and default port."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    complete,
    define,
    define_class,
    define_methods,
    finish,
    forget,
    native,
    needs_new,
    receiver,
    unknown_outcome,
)
from ssot_action.evaluation.builtins.search_params import SearchParamsObject, parse_query
from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.values import (
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    Accessor,
    JSObject,
    NativeCode,
    Nature,
    UnknownCode,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_SCHEME: Final = re.compile(r"[\x00-\x20]*[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_ADDRESS: Final = re.compile(
    r"(https?)://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(/[A-Za-z0-9._~!$&()*+,;=:@/%'-]*)?"
    r"(\?[A-Za-z0-9._~!$&()*+,;=:@/?%-]*)?(#[A-Za-z0-9._~!$&()*+,;=:@/?%'-]*)?\Z",
    re.ASCII | re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z", re.ASCII)
_DOTS: Final = re.compile(r"(?:\.|%2e){1,2}\Z", re.ASCII | re.IGNORECASE)
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
_LARGEST_PORT: Final = 65_535
_PARTS: Final = (
    *("hash", "host", "hostname", "href", "password", "pathname"),
    *("port", "protocol", "search", "username"),
)

URL_PROTOTYPE: Final = JSObject()


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address; `query` and `fragment` have their leading sign or are empty."""

    scheme: str
    hostname: str
    port: str
    path: str
    query: str
    fragment: str

    def part(self, name: str) -> str:
        """Return the part that a URL's property `name` is."""
        host = f"{self.hostname}:{self.port}" if self.port else self.hostname
        origin = f"{self.scheme}://{host}"
        parts = {
            "hash": self.fragment if len(self.fragment) > 1 else "",
            "host": host,
            "hostname": self.hostname,
            "href": f"{origin}{self.path}{self.query}{self.fragment}",
            "origin": origin,
            "pathname": self.path,
            "port": self.port,
            "protocol": f"{self.scheme}:",
            "search": self.query if len(self.query) > 1 else "",
        }
        return parts.get(name, "")


class URLObject(JSObject):
    """A URL."""

    __slots__ = ("address", "search_params")

    def __init__(self, address: Address) -> None:
        super().__init__(None, URL_PROTOTYPE)
        self.address = address
        self.search_params = SearchParamsObject(parse_query(address.query[1:]), self)


def _parse(text: str) -> Address:
    if _SCHEME.match(text) is None:
        raise type_error("Invalid URL")
    found = _ADDRESS.match(text)
    if found is None:
        raise _not_modelled()
    scheme, hostname, port, path, query, fragment = found.groups()
    scheme, hostname = scheme.lower(), hostname.lower()
    labels = hostname.split(".")
    # A last label of digits alone makes it an address of numbers, which is read otherwise.
    if not all(map(_LABEL.match, labels)) or re.match(r"(?:0x[0-9a-f]*|[0-9]+)\Z", labels[-1]):
        raise _not_modelled()
    if any(map(_DOTS.match, (path or "").split("/"))):
        raise _not_modelled()
    if port is not None and int(port) > _LARGEST_PORT:
        raise type_error("Invalid URL")
    number = "" if port is None else str(int(port))
    return Address(
        scheme,
        hostname,
        "" if number == _DEFAULT_PORTS[scheme] else number,
        path or "/",
        query or "",
        fragment or "",
    )


def _not_modelled() -> Exception:
    return unknown_outcome("reading this URL is not modelled", code=UnknownCode.MODEL)


def _parse_arguments(interpreter: Interpreter, arguments: list[Value]) -> Address:
    text = to_string(interpreter, argument(arguments, 0))
    if argument(arguments, 1) is UNDEFINED:
        return _parse(text)
    base = _parse(to_string(interpreter, arguments[1]))
    if _SCHEME.match(text) is not None:
        return _parse(text)
    if text.startswith("/") and not text.startswith(("//", "/\\")):
        return _parse(f"{base.part('origin')}{text}")
    raise _not_modelled()


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    return adopt(interpreter, URLObject(_parse_arguments(interpreter, arguments)), new_target)


def _this(this: Value) -> URLObject:
    return complete(receiver(this, URLObject, "a member of URL"))


def _reading(name: str) -> NativeCode:
    def code(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
        return _this(this).address.part(name)

    return code


def _writing(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    outcome = unknown_outcome("changing a URL is not modelled", code=UnknownCode.MODEL)
    url = _this(this)
    forget(url, outcome.unknown)
    forget(url.search_params, outcome.unknown)
    return UNDEFINED


def _search_params(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return _this(this).search_params


def _can_parse(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    text = to_string(interpreter, argument(arguments, 0))
    if argument(arguments, 1) is UNDEFINED and _SCHEME.match(text) is None:
        return False
    _parse_arguments(interpreter, arguments)
    return True


URL: Final = define_class("URL", URL_PROTOTYPE, needs_new("URL"), _construct)
URL.incomplete = unknown_outcome(
    "this function of URL is not modelled", code=UnknownCode.MODEL
).unknown
define_methods(URL, {"canParse": _can_parse}, Nature.PRIMITIVE)
define_methods(
    URL_PROTOTYPE, {"toJSON": _reading("href"), "toString": _reading("href")}, Nature.PRIMITIVE
)
for _part in (*_PARTS, "origin"):
    define(
        URL_PROTOTYPE,
        _part,
        Accessor(
            native(f"get {_part}", _reading(_part), Nature.PRIMITIVE),
            UNDEFINED if _part == "origin" else native(f"set {_part}", _writing),
        ),
    )
define(URL_PROTOTYPE, "searchParams", Accessor(native("get searchParams", _search_params)))
define(URL_PROTOTYPE, SYMBOL_TO_STRING_TAG, "URL")
finish(URL, URL_PROTOTYPE)
