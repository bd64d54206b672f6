// Laws of numbers held against CPython: each program makes thousands of cases from a seed and prints what it computes, and IoTPy must print the same.
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadCompiler } from "../../compiler/index.ts";
import { posixPort } from "../../daemon/cli/posix-port.ts";

const SEED = 20201117;

/** Pseudo-random numbers that both Pythons make alike, and numbers that lie where rounding and carries are hard. */
const CASES = `
state = ${SEED}
def bits(n):
    global state
    value = 0
    for _ in range((n + 29) // 30):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        value = value << 30 | (state >> 1)
    return value & ((1 << n) - 1)
def below(n):
    return bits(40) % n
def pick(options):
    return options[below(len(options))]
def integer():
    kind = below(6)
    if kind == 0:
        return below(200) - 100
    if kind == 1:
        return pick([1, -1]) * (1 << below(130)) + below(5) - 2
    if kind == 2:
        return pick([1, -1]) * bits(1 + below(70))
    if kind == 3:
        return pick([1, -1]) * bits(60 + below(340))
    if kind == 4:
        return pick([1, -1]) * ((1 << below(300)) - (1 << below(200)))
    return pick([0, 1, -1, 2**30, -2**30, 2**30 - 1, -2**30 - 1, 2**31, 2**32, 2**63, -2**63, 2**63 - 1, 2**64, True, False])
def real():
    kind = below(6)
    sign = pick([1.0, -1.0])
    if kind == 0:
        return sign * bits(53) * 2.0 ** (below(1970) - 1000)
    if kind == 1:
        return sign * bits(1 + below(52)) * 2.0 ** -1074
    if kind == 2:
        return sign * bits(30) / 10 ** below(12)
    if kind == 3:
        return sign * (2.0 ** below(1000) + pick([0.0, 1.0, -1.0]) * 2.0 ** (below(1000) - 60))
    if kind == 4:
        return sign * float(below(1000)) / 8
    return pick([0.0, -0.0, 0.5, 1.5, 2.5, 1e16, 1e22, 1e23, 5e-324, 1.7976931348623157e308, 2.0**53, 2.0**63, 0.1])
def attempt(f, *a):
    try:
        return f(*a)
    except Exception as e:
        return type(e).__name__
`;

const INTEGERS = `
operators = [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b, lambda a, b: a // b, lambda a, b: a % b,
             lambda a, b: divmod(a, b), lambda a, b: a & b, lambda a, b: a | b, lambda a, b: a ^ b, lambda a, b: a < b, lambda a, b: a == b]
for i in range(3000):
    a = integer()
    b = pick([integer(), integer(), a, a + 1])
    print(i, attempt(pick(operators), a, b), a << below(150), a >> below(150), -a, ~a)
    if i % 4 == 0:
        print(attempt(pow, a, below(40)), attempt(pow, a, below(10**9), b), int(hex(a), 16) == a, int(str(+a)) == a, int(bin(a), 2) == a, oct(a))
        size = below(30)
        print(attempt(lambda: a.to_bytes(size, "big", signed=True)), attempt(lambda: a.to_bytes(size, "little")), a.bit_length())
        print(a == float(a), a < float(a), a > float(a), hash(a) == hash(float(a)) or a != float(a), round(a, -below(30)))
`;

const TEXT = `
for i in range(4000):
    x = real()
    y = real()
    n = below(20) if i % 50 else below(400)
    print(i, x, "%.*f" % (n, x), "%.*e" % (n, x), "%.*g" % (n, x), x.hex(), float(repr(x)) == x, attempt(round, x, below(40) - 10), attempt(round, x), attempt(int, x))
    text = str(bits(1 + below(80))) + pick([".", ".0", "", "." + str(bits(60)), "." + "0" * below(20) + str(bits(20))]) + "e" + str(below(660) - 340)
    print(text, float(text))
    print(x + y, x - y, x * y, attempt(lambda: x / y), attempt(lambda: x // y), attempt(lambda: x % y), attempt(divmod, x, y), x < y, x == y)
    exponent = below(600) - 300
    half = float(bits(53) | 1 << 52)
    print(float(str(int(half) * 2 + 1) + "." + "0" * below(30) + pick(["", "1"]) + "e" + str(below(5))), float(str((int(half) * 2 + 1) << below(80))))
`;

const FORMATS = `
for i in range(4000):
    spec = pick(["", "", "<", ">", "=", "^", "*<", "0>", "x^", "_="]) + pick(["", "", "+", "-", " "]) + pick(["", "", "#"]) + pick(["", "0"])
    spec += pick(["", str(below(30))]) + pick(["", "", ",", "_"])
    print(i, spec, attempt(format, integer(), spec + pick(["d", "b", "o", "x", "X", "n", "c", ""])))
    spec += pick(["", "." + str(below(20))])
    print(attempt(format, real(), spec + pick(["e", "E", "f", "F", "g", "G", "%", "", "n"])), attempt(format, integer(), spec + pick(["e", "f", "g", "s", "x"])), attempt(format, pick(["", "ab", "日本語", "x" * 9]), spec + pick(["", "s"])))
    percent = "%" + pick(["", "-", "+", " ", "#", "0", "-0", "+0", " #"]) + pick(["", str(below(20))]) + pick(["", "." + str(below(15))])
    print(percent, attempt(lambda: (percent + pick("diuxXo")) % integer()), attempt(lambda: (percent + pick("eEfFgG")) % real()), attempt(lambda: (percent + pick("sc")) % pick(["a", "é", "abc"])))
`;

/** Results of functions that need only lie within one unit of CPython's last place. */
const MATH = `
import math
one = [math.sin, math.cos, math.tan, math.atan, math.exp, math.sqrt, math.log, math.log2]
unit = [math.asin, math.acos]
for i in range(4000):
    x = pick([real(), bits(53) / 2.0**52 * 10, (bits(53) / 2.0**52 - 1) * 1000, 1 + (bits(20) - 2**19) / 2.0 ** (20 + below(32)), below(1000) * math.pi / 4])
    f = pick(one)
    if f is math.exp and abs(x) > 700 or f is math.log or f is math.log2 or f is math.sqrt:
        x = abs(x) if f is not math.exp else x % 700
    if x or f is not math.log and f is not math.log2:
        print(f(x))
    print(pick(unit)((bits(53) - 2**52) / 2.0**52), math.atan2(real(), real()), math.hypot(x % 1e100, real() % 1e100))
    base = bits(53) / 2.0**50 + 1e-9
    print(math.pow(base, (bits(40) - 2**39) / 2.0**34), base ** (below(40) - 20))
`;

interface Outputs { readonly expected: string[]; readonly actual: string[] }

async function outputsOf(program: string): Promise<Outputs> {
  const python = spawnSync("python3", ["-c", program], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.is(python.status, 0, python.stderr);
  const compiler = await loadCompiler();
  const { image } = compiler.compile({ files: { "program.py": program }, main: "program" });
  const pieces: Uint8Array[] = [];
  const outcome = await posixPort.run(image, { memoryBytes: 65536, print: (text) => pieces.push(text.slice()) });
  assert.is(outcome.state, "done", JSON.stringify(outcome.error));
  return { expected: python.stdout.split("\n"), actual: Buffer.concat(pieces).toString().split("\n") };
}

function sameLines({ expected, actual }: Outputs): void {
  const first = expected.findIndex((line, i) => line !== actual[i]);
  assert.is(actual[first], expected[first]);
  assert.is(actual.length, expected.length);
}

/** How many doubles apart two numbers are. */
function apart(a: number, b: number): number {
  const [x, y] = [a, b].map((value) => {
    const bits = new BigInt64Array(Float64Array.of(value).buffer)[0] ?? 0n;
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  });
  return Number.isNaN(a) && Number.isNaN(b) ? 0 : Math.abs(Number((x ?? 0n) - (y ?? 0n)));
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.log("SKIP numbers against CPython: python3 is not installed");
else {
  test("integers of any size compute as in CPython", async () => sameLines(await outputsOf(CASES + INTEGERS)));
  test("floats read, print, round and divide as in CPython", async () => sameLines(await outputsOf(CASES + TEXT)));
  test("numbers and texts are formatted as in CPython", async () => sameLines(await outputsOf(CASES + FORMATS)));
  test("elementary functions lie within one unit of the last place of CPython's", async () => {
    const { expected, actual } = await outputsOf(CASES + MATH);
    const numbers = (lines: string[]) => lines.flatMap((line) => line.split(" ")).map(Number);
    const wanted = numbers(expected);
    assert.is(actual.length, expected.length);
    const far = numbers(actual).findIndex((value, i) => apart(value, wanted[i] ?? NaN) > 1);
    assert.is(far, -1, `value ${far}`);
  });
}
test.run();
