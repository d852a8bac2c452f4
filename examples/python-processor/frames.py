"""The channel's frames: just as much Protocol Buffers as channel.proto needs.

A message is a dict. As in channel.proto, a field that is absent has its default: "", 0, False, [].
"""

import asyncio

VERSION = 1
MAX_BYTES = 64 * 1024

# Field number: (name, type). A type is "uint", "int64", "bool", "string" or another message's name;
# in a list, the field is repeated.
MESSAGES = {
    "Frame": {
        1: ("hello", "Hello"),
        2: ("credit", "Credit"),
        3: ("job", "JobMessage"),
        4: ("accepted", "Attempt"),
        5: ("progress", "Progress"),
        6: ("result", "Result"),
        7: ("cancel", "Attempt"),
        8: ("ping", "Nonce"),
        9: ("pong", "Nonce"),
        10: ("go_away", "GoAway"),
    },
    "Hello": {1: ("version", "uint"), 2: ("identity", "string"), 3: ("capabilities", ["string"])},
    "Credit": {1: ("jobs", "uint")},
    "Attempt": {1: ("job", "string"), 2: ("attempt", "uint")},
    "Progress": {1: ("job", "string"), 2: ("attempt", "uint"), 3: ("step", "string")},
    "Nonce": {1: ("nonce", "uint")},
    "GoAway": {1: ("reason", "string")},
    "JobMessage": {
        1: ("id", "string"),
        2: ("attempt", "uint"),
        3: ("kind", "uint"),
        4: ("upload", "string"),
        5: ("path", "string"),
        6: ("size", "uint"),
        7: ("sha256", "string"),
        8: ("filename", "string"),
        9: ("declared_type", "string"),
        10: ("policy", "Policy"),
        12: ("deadline_ms", "int64"),
        13: ("trace_parent", "string"),
    },
    "Policy": {
        1: ("profile", "string"),
        2: ("allowed_types", ["string"]),
        3: ("max_pixels", "uint"),
    },
    "Result": {1: ("job", "string"), 2: ("attempt", "uint"), 3: ("outcome", "Outcome")},
    "Outcome": {
        1: ("rendered", "Rendered"),
        2: ("infected", "Infected"),
        3: ("rejected", "Rejected"),
        5: ("failed", "Failed"),
    },
    "Rendered": {1: ("content_type", "string"), 2: ("scan", "Scan"), 3: ("image", "Image")},
    "Infected": {1: ("content_type", "string"), 2: ("scan", "Scan")},
    "Rejected": {1: ("content_type", "string"), 2: ("code", "string"), 3: ("detail", "string")},
    "Failed": {1: ("reason", "string"), 2: ("retryable", "bool")},
    "Scan": {
        1: ("verdict", "string"),
        2: ("engine", "string"),
        3: ("signature", "string"),
        4: ("at_ms", "int64"),
    },
    "Image": {
        1: ("format", "string"),
        2: ("width", "uint"),
        3: ("height", "uint"),
        4: ("frames", "uint"),
    },
}

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
DEFAULTS = {"uint": 0, "int64": 0, "bool": False, "string": ""}


class ProtocolViolation(Exception):
    """The edge sent what the protocol does not allow: its connection is closed."""


def encode(message, name="Frame"):
    out = bytearray()
    for number, (field, kind) in MESSAGES[name].items():
        for value in _values(message, field, kind):
            if isinstance(kind, list):
                _put(out, number, kind[0], value)
            else:
                _put(out, number, kind, value)
    return bytes(out)


def _values(message, field, kind):
    if isinstance(kind, list):
        return message.get(field, [])
    if field not in message or (kind in DEFAULTS and message[field] == DEFAULTS[kind]):
        return []
    return [message[field]]


def _put(out, number, kind, value):
    if kind in ("uint", "int64", "bool"):
        _put_varint(out, number << 3 | VARINT)
        _put_varint(out, int(value) & (1 << 64) - 1)
        return
    data = value.encode() if kind == "string" else encode(value, kind)
    _put_varint(out, number << 3 | BYTES)
    _put_varint(out, len(data))
    out += data


def _put_varint(out, value):
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def decode(data, name="Frame"):
    try:
        return _decode(memoryview(data), name)
    except (IndexError, UnicodeDecodeError) as e:
        raise ProtocolViolation("a malformed frame") from e


def _decode(data, name):
    message = _empty(name)
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        value, at = _value(data, at, tag & 7)
        field, kind = MESSAGES[name].get(tag >> 3, (None, None))
        if field is None:
            continue  # of a later version
        repeated, kind = isinstance(kind, list), kind[0] if isinstance(kind, list) else kind
        if isinstance(value, int) != (kind in ("uint", "int64", "bool")):
            raise ProtocolViolation("a malformed frame")
        value = _typed(value, kind)
        if repeated:
            message[field].append(value)
        else:
            message[field] = value
    return message


def _empty(name):
    """With the defaults of plain fields; an absent message stays absent."""
    message = {}
    for field, kind in MESSAGES[name].values():
        if isinstance(kind, list):
            message[field] = []
        elif kind in DEFAULTS:
            message[field] = DEFAULTS[kind]
    return message


def _typed(value, kind):
    if kind == "string":
        return bytes(value).decode()
    if kind == "int64":
        return value - (1 << 64) if value >> 63 else value
    return value if isinstance(value, int) else _decode(value, kind)


def _value(data, at, wire):
    if wire == VARINT:
        return _varint(data, at)
    if wire == BYTES:
        length, at = _varint(data, at)
    elif wire in (FIXED64, FIXED32):
        length = 8 if wire == FIXED64 else 4
    else:
        raise ProtocolViolation("a malformed frame")
    if at + length > len(data):
        raise ProtocolViolation("a malformed frame")
    return data[at : at + length], at + length


def _varint(data, at):
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & (1 << 64) - 1, at
    raise ProtocolViolation("a malformed frame")


async def read(reader):
    """The next frame; None at the end of the stream."""
    try:
        length = int.from_bytes(await reader.readexactly(4), "big")
        if length > MAX_BYTES:
            raise ProtocolViolation(f"a frame of {length} bytes, the limit is {MAX_BYTES}")
        return decode(await reader.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def write(writer, frame):
    data = encode(frame)
    writer.write(len(data).to_bytes(4, "big") + data)
