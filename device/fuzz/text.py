# What text.c fuzzes: each operation gets the input cut into texts at zero bytes.
import json

class Broken(BaseException):
    """What must not be: text.c looks for it."""

def number(text):
    return float(text) if "." in text or "e" in text else int(text)

def same(value):
    """A number is its own text's number."""
    if value == value and type(value)(repr(value)) != value:
        raise Broken
    return value

OPERATIONS = [
    lambda text: same(int(text)),
    lambda text: same(float(text)),
    lambda text, base="": int(text, len(base)),
    lambda spec, text="": format(number(text or "0"), spec),
    lambda spec, text="": format(text, spec),
    lambda form, *texts: form % texts,
    lambda form, text="": form % number(text or "0"),
    lambda form, text="": form % {text: 1, "": 2.5},
    lambda form, *texts: form.format(*texts, k=texts),
    lambda form, text="": form.format(number(text or "0"), [1, "b"], k={"a": 1}),
    lambda text: json.loads(text),
    lambda text: json.loads(json.dumps(json.loads(text), indent=2)),
    lambda text: bytes.fromhex(text).hex(),
    lambda text, old="", new="": text.replace(old, new),
    lambda text, by="": [text.split(by or None), text.rsplit(by or None, 2), text.partition(by or " "), text.rpartition(by or " ")],
    lambda text, part="": [text.find(part), text.rfind(part, 1), text.count(part), part in text, text.startswith(part), text.endswith(part)],
    lambda text: [text.upper(), text.lower(), text.title(), text.swapcase(), text.capitalize()],
    lambda text: [text.isalpha(), text.isdigit(), text.isalnum(), text.isspace(), text.isupper(), text.islower()],
    lambda text, cut="": [text.strip(cut), text.lstrip(), text.rstrip(cut), text.splitlines(), text.splitlines(True)],
    lambda text, fill=" ": [text.center(9, fill[:1]), text.ljust(3), text.rjust(12, fill[:1]), text.zfill(8)],
    lambda text: [repr(text), ascii(text), text.encode(), sorted(text), text[::-1], text[1:-1], text[::2]],
    lambda *texts: sorted(texts) + [max(texts), min(texts), " ".join(texts)],
    lambda text, digits="": round(number(text), len(digits) - 8),
    lambda a, b="1": [number(a) + number(b), number(a) * number(b), number(a) < number(b), number(a) // number(b), number(a) % number(b), number(a) / number(b)],
    lambda a, b="1": divmod(int(a), int(b)),
    lambda a, b="1", c="7": pow(int(a), int(b), int(c)),
    lambda a, b="1": number(a) ** number(b),
    lambda a, n="": [int(a) << len(n), int(a) >> len(n), ~int(a), hex(int(a)), bin(int(a)), oct(int(a)), int(a).bit_length()],
    lambda a, b="1": [int(a) & int(b), int(a) | int(b), int(a) ^ int(b)],
    lambda a, n="": int.from_bytes(int(a).to_bytes(len(n), "big", signed=True), "big", signed=True) - int(a),
    lambda a: float(a).hex() + str(int(float(a))),
    lambda text: dict([(c, text.count(c)) for c in text]),
]

def handler(event, context):
    if type(event) is not list or len(event) != 2 or type(event[0]) is not int or type(event[1]) is not bytes:
        return event
    what, data = event
    if what < 100:
        return event
    try:
        return OPERATIONS[what - 100](*data.decode().split("\0"))
    except Exception as e:
        return type(e).__name__
