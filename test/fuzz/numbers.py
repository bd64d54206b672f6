"""Numbers of IoTPy against CPython's: numbers.py '{"sin": built-in id, ...}' COUNT SEED TEXTS. Prints a line of JSON for each function: how far apart, in
units of the last place, the results of COUNT random arguments are: how many are not equal, how many beyond one unit, and the worst; then one for the texts of TEXTS doubles."""
import array
import json
import math
import random
import struct
import subprocess
import sys

BATCH = 10000
TEXT = 0xFFFFFFFF
TWO = {"atan2", "copysign", "fmod", "hypot", "pow"}
INTEGERS = {"floor", "ceil", "trunc"}
SPECIAL = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, math.pi, math.pi / 2, math.e, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308,
           math.inf, -math.inf, math.nan, 2.0**53, 2.0**63, 1e16, 1e22, 1e23, 9007199254740993.0, 709.782712893384, -745.1332191019411, 0.1]


def any_double(rng):
    return struct.unpack("<d", rng.getrandbits(64).to_bytes(8, "little"))[0]


def near(rng):
    return rng.choice(SPECIAL) * (1 + rng.uniform(-1, 1) * 2.0 ** -rng.randrange(60))


KINDS = [any_double, near, lambda rng: rng.uniform(-1, 1), lambda rng: rng.uniform(-10, 10), lambda rng: rng.uniform(-800, 800),
         lambda rng: rng.uniform(0, 1) * 10.0 ** rng.randrange(-30, 30), lambda rng: rng.randrange(-10**6, 10**6) * math.pi / 4,
         lambda rng: rng.choice(SPECIAL), lambda rng: 1 + rng.uniform(-1, 1) * 2.0 ** -rng.randrange(60)]


def doubles(rng, count):
    kinds = rng.choices(KINDS, k=count)
    return array.array("d", [kind(rng) for kind in kinds])


def place(x):
    """Doubles in order, as integers."""
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    return bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)


def apart(a, b):
    if a != a or b != b:
        return 0 if a != a and b != b else math.inf
    return abs(place(a) - place(b))


def attempt(f, *arguments):
    try:
        return float(f(*arguments))
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan


class Runtime:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, builtin, width, numbers):
        self.process.stdin.write(struct.pack("<3I", builtin, width, len(numbers) // width) + numbers.tobytes())
        self.process.stdin.flush()

    def results(self, builtin, width, numbers):
        self.ask(builtin, width, numbers)
        return array.array("d", self.process.stdout.read(8 * (len(numbers) // width)))

    def texts(self, numbers):
        self.ask(TEXT, 1, numbers)
        size = struct.unpack("<I", self.process.stdout.read(4))[0]
        return self.process.stdout.read(size).decode()


def compare_function(runtime, name, builtin, count, rng):
    f, width = getattr(math, name), 2 if name in TWO else 1
    worst, at, unequal, beyond = 0, None, 0, 0
    for _ in range(0, count, BATCH):
        numbers = doubles(rng, min(BATCH, count) * width)
        results = runtime.results(builtin, width, numbers)
        for i, result in enumerate(results):
            arguments = numbers[i * width:(i + 1) * width]
            wanted = attempt(f, *arguments)
            if result != wanted:
                far = apart(result, wanted)
                unequal += far > 0
                beyond += far > 1
                if far > worst:
                    worst, at = far, (list(map(repr, arguments)), repr(result), repr(wanted))
    return {"function": name, "arguments": count, "unequal": unequal, "beyond": beyond, "worst": worst if worst != math.inf else "other", "at": at}


def compare_texts(runtime, count, rng):
    wrong, done, at = 0, 0, None
    while done < count:
        numbers = array.array("d", SPECIAL) if done == 0 else array.array("d", rng.randbytes(8 * BATCH)) if done % 4 else doubles(rng, BATCH)
        done += len(numbers)
        wanted = "\n".join(map(repr, numbers)) + "\n"
        got = runtime.texts(numbers)
        if got == wanted:
            continue
        for x, text in zip(numbers, got.split("\n")):
            if text != repr(x):
                wrong, at = wrong + 1, (repr(x), text)
    return {"texts": done, "wrong": wrong, "at": at}


def main():
    functions, count, seed, texts = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    runtime, rng = Runtime(sys.argv[5]), random.Random(seed)
    for name, builtin in functions.items():
        print(json.dumps(compare_function(runtime, name, builtin, count, rng)), flush=True)
    if texts:
        print(json.dumps(compare_texts(runtime, texts, rng)), flush=True)


main()
