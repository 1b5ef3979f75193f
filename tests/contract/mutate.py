"""Ways to spoil a JSON answer. Each takes the parsed document and a random.Random, and returns what goes over the line.

Deterministic by seed, so that what once failed fails again."""
import json

NUMBERS = (-1, 0, -2147483649, 4294967296, -9223372036854775808, 9223372036854775807, 9007199254740993, 1e308, -1e308, 0.5,
           99999999999999999999999)
OTHERS = (None, True, False, -7, 1.5, "", "text", [], {}, [None], [[1]], {"id": "x"}, [{}], {"a": {"b": []}})
IDS = ("id", "_id", "number", "count")

# Escape, OSC with BEL, CSI, DCS, C1 as characters, bidi, tags, invisible characters, DEL, backspace, carriage return.
EVIL = ("\x1b]0;KRINGBAD\x07", "\x1b[31;5;99m", "\x1bP1;1|6b6b\x1b\\", "\x9b2J\x9d0;x\x9c", "\u202eabc\u2066", "\U000e0041",
        "\u200b\ufeff", "\x7f\x08\x08", "\r\n\x1b[2J", "\x1b]8;;http://bad.example\x1b\\", "\x0e\x0f\x05", "&#27;[35m&#x9b;36m")
MARKS = (b"\x1b]", b"\x1b[31;5", b"\x1bP", b"\xc2\x9b", b"\xc2\x9d", b"\xe2\x80\xae", b"\xe2\x81\xa6",
         b"\xf3\xa0\x81\x81", b"\xe2\x80\x8b", b"\x07", b"\x7f", b"\x05", b"\x1b[35m", b"\x1b[36m")
# Names in an address or a channel, and words of the protocol: spoiled they would only hide the texts behind them.
KEPT = ("username", "url", "slug", "type", "status", "_at", "_time", "start", "channel", "timezone", "template", "path", "id",
        "more_")


def walk(value, change, name=""):
    """A copy in which `change(name, value)` may replace every value, from the outside in."""
    value = change(name, value)
    if isinstance(value, dict):
        return {k: walk(v, change, k) for k, v in value.items()}
    if isinstance(value, list):
        return [walk(v, change, name) for v in value]
    return value


def types(document, r):
    return walk(document, lambda name, v: r.choice(OTHERS) if name and r.random() < 0.08 else v)


def missing(document, r):
    return walk(document, lambda name, v: {k: x for k, x in v.items() if r.random() > 0.15} if isinstance(v, dict) else v)


def numbers(document, r):
    def change(name, v):
        is_number = isinstance(v, (int, float)) and not isinstance(v, bool)
        return r.choice(NUMBERS) if is_number and r.random() < 0.3 else v
    return walk(document, change)


def same_ids(document, r):
    """Every id points at the same thing: parents of themselves, posts in the wrong topic."""
    return walk(document, lambda name, v: 5 if name.endswith(IDS) and isinstance(v, int) and r.random() < 0.5 else v)


def escapes(document, r):
    def change(name, v):
        if not isinstance(v, str) or name.endswith(KEPT) or not v:
            return v
        at = r.randrange(len(v) + 1)
        return v[:at] + r.choice(EVIL) + r.choice(EVIL) + v[at:] + r.choice(EVIL)
    return walk(document, change)


def all_escapes(document, r):
    """Also in names of members, addresses and times."""
    return walk(document, lambda name, v: v + r.choice(EVIL) if isinstance(v, str) and r.random() < 0.5 else v)


def text(document, r):
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def bad_bytes(document, r):
    """Strings with bytes that are no UTF-8: alone, cut off, too long, surrogates, beyond Unicode."""
    wrong = (b"\xff", b"\xc3", b"\xe2\x82", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\x80")
    parts = text(document, r).split(b'": "')
    return b"".join([parts[0]] + [b'": "' + (r.choice(wrong) if r.random() < 0.3 else b"") + p for p in parts[1:]])


def spoiled(how, r):
    """A change for Hostile: every JSON answer that is a success, spoiled by `how`."""
    def change(path, answer):
        if not answer.is_json or answer.status != 200:
            return None
        try:
            document = how(json.loads(answer.body), r)
        except ValueError:
            return None
        return answer.replace(document if isinstance(document, bytes) else text(document, r))
    return change
