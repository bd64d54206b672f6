/**
 * What random programs are made of. A rule is a weight and a template; its places are expanded (generator.ts says how). A new feature of the
 * language is a new rule here: `3 {int}.bit_count()` among the expressions of its type, or a statement with its blocks.
 */
export interface Rule { readonly weight: number; readonly template: string; /** Only in a loop, only outside loops, only in a function, only in a generator. */ readonly where?: "loop" | "straight" | "function" | "generator" }

const parse = (line: string): Rule => {
  const [, weight = "1", where, template = ""] = /^(\d+)(?: (loop|straight|function|generator):)? ([\s\S]*)$/.exec(line) ?? [];
  return { weight: Number(weight), template, ...(where === undefined ? {} : { where: where as NonNullable<Rule["where"]> }) };
};
const lines = (text: string): Rule[] => text.trim().split("\n").map((line) => parse(line.trim()));
const paragraphs = (text: string): Rule[] => text.trim().split("\n\n").map(parse);

/** By type: what ends an expression. */
export const LITERALS: Readonly<Record<string, readonly Rule[]>> = {
  int: lines(String.raw`
    8 {count}
    2 -{count}
    1 1000
    1 255
    1 -1
    1 1073741823
    1 1073741824
    1 -1073741824
    1 2147483648
    1 9223372036854775808
    1 -9223372036854775809
    1 123456789012345678901234567890
    1 0x7f_ff
    1 0b1011
    1 0o17`),
  count: lines(`
    1 0
    3 1
    3 2
    3 3
    2 4
    1 5
    1 7`),
  index: lines(`
    3 {count}
    2 -{count}
    1 ({int} % 7)`),
  float: lines(`
    2 0.0
    1 -0.0
    2 1.0
    2 0.5
    2 2.5
    1 -1.5
    1 0.1
    1 3.14159
    1 1e16
    1 1e-7
    1 123456.789
    1 1e300
    1 float("inf")
    1 float("-inf")
    1 float("nan")`),
  str: lines(String.raw`
    1 ""
    4 "a"
    3 "abc"
    2 "Hello, World"
    1 "b,c,,d"
    1 "  x y  "
    1 "12"
    1 "-3.5"
    1 "éß"
    1 "日本"
    1 "\U0001f600z"
    1 "a\n\tb\\"
    1 'it\'s "q"'
    1 "{}"
    1 "%d"
    1 "AbC1"
    1 "\\x41\\u00e9"`),
  bool: lines(`
    1 True
    1 False`),
  none: lines("1 None"),
  bytes: lines(String.raw`
    1 b""
    3 b"abc"
    1 b"\x00\xff\x7f"
    1 b"a,b"
    1 bytes([1, 2, 3])
    1 bytes({count})`),
  list: lines(`
    1 []
    4 [1, 2, 3]
    2 [3, 1, 2, 2]
    1 [{count}]`),
  strs: lines(`
    1 []
    3 ["a", "b"]
    2 ["b", "a", "C", ""]`),
  tuple: lines(`
    1 ()
    3 (1, 2)
    1 (1, "a", 2.5)
    1 (None,)`),
  dict: lines(`
    1 {}
    3 {"a": 1, "b": 2}
    1 {"x": {count}}`),
  set: lines(`
    1 set()
    3 {1, 2, 3}
    1 frozenset((1, 2))
    1 {{count}, {count}}`),
  range: lines(`
    3 range({count})
    2 range(1, {count})
    1 range({count}, -3, -2)
    1 range(0, 10, 3)`),
  generator: lines(`
    2 iter({list})
    1 ({let i int}{i} for _ in range({outer count}) for {i} in ({outer count}, 2))
    1 reversed({list})
    1 iter({strs})`),
  exception: lines(`
    2 ValueError("bad")
    1 KeyError("k")
    1 ZeroDivisionError()
    1 RuntimeError({count}, "two")
    1 IndexError
    1 TypeError("t")
    1 OSError("os")
    1 StopIteration(3)`),
  type: lines(`
    2 int
    2 str
    1 float
    1 list
    1 dict
    1 bool
    1 tuple
    1 (int, str)`),
  exceptions: lines(`
    4 Exception
    2 ValueError
    2 (TypeError, KeyError)
    1 ArithmeticError
    1 LookupError
    1 ZeroDivisionError
    1 (IndexError, (ValueError, AttributeError))`),
};

/** By type: what is made of smaller expressions. */
export const EXPRESSIONS: Readonly<Record<string, readonly Rule[]>> = {
  int: lines(String.raw`
    6 ({int} + {int})
    5 ({int} - {int})
    4 ({int} * {int})
    4 ({int} // {int})
    4 ({int} % {int})
    2 ({int} & {int})
    2 ({int} | {int})
    2 ({int} ^ {int})
    2 ({int} << {count})
    1 ({int} << ({int} & 63))
    2 ({int} >> {count})
    2 ({int} ** {count})
    1 pow({int}, {count}, {int})
    2 -{int}
    1 +{int}
    2 ~{int}
    2 abs({int})
    2 len({sequence})
    1 len({dict})
    1 len({set})
    3 {list}[{int}]
    2 {list}[{count}]
    2 {range}[{count}]
    2 {dict}["a"]
    2 {dict}.get({str}, {int})
    2 sum({list})
    1 sum({iterable}, {int})
    2 min({list})
    2 max({list}, default={int})
    1 max({int}, {int})
    1 min({strs}, key=len, default="").count("a")
    3 int({float})
    2 int({str})
    1 int({str}, {count})
    1 int({bool})
    2 round({float})
    1 round({int}, -{count})
    2 ({int} if {bool} else {int})
    2 ({int} and {int})
    2 ({int} or {int})
    1 {list}.index({int})
    1 {list}.count({int})
    1 {str}.find({str})
    1 {str}.count({str})
    1 {str}.rfind({str}, {int})
    1 {str}.index({str})
    1 ord({str})
    1 ({int}).bit_length()
    1 divmod({int}, {int})[{count}]
    1 next({generator}, {int})
    1 next({generator})
    1 {bytes}[{count}]
    1 int.from_bytes({bytes}, "little")
    1 int.from_bytes({bytes}, "big", signed=True)
    1 (lambda {let a int}{a}: {int})({outer int})
    1 (lambda *a, k={count}: len(a) + k)(*{sequence})
    1 {list}.pop()
    1 {bytes}.find({bytes})
    1 {tuple}.index({any})
    1 hash({count})
    1 sum(itertools.accumulate({list}))
    1 functools.reduce(lambda {let a int}{let b int}{a}, {b}: {int}, {outer list}, {outer int})
    1 len(collections.deque({iterable}, maxlen={count}))
    1 operator.add({int}, {int})
    1 bisect.bisect_left(sorted({list}), {int})
    1 collections.Counter({str})["a"]
    1 len([{let i any}{i} for {i} in {outer iterable} if {i}])`),
  count: lines("1 {count}"),
  float: lines(`
    5 ({float} + {number})
    4 ({number} - {float})
    4 ({float} * {number})
    5 ({number} / {number})
    2 ({float} // {number})
    2 ({float} % {number})
    1 ({float} ** {count})
    1 (abs({number}) ** {float})
    2 -{float}
    1 abs({float})
    2 float({number})
    1 float({str})
    1 round({float}, {count})
    1 min({float}, {number})
    1 max({number}, {float}, {number})
    1 sum([{float}, {int}, {float}])
    2 ({float} if {bool} else {float})
    1 ({float} or {float})
    1 float(repr({float}))`),
  bool: lines(`
    4 ({number} < {number})
    3 ({number} <= {number})
    2 ({int} > {int})
    2 ({number} >= {number})
    3 ({any} == {any})
    3 ({number} == {number})
    2 ({any} != {any})
    2 ({str} == {str})
    2 ({str} < {str})
    1 ({list} < {list})
    1 ({tuple} <= {tuple})
    1 ({bytes} > {bytes})
    1 ({set} <= {set})
    1 ({set} == {set})
    1 ({dict} == {dict})
    2 ({int} in {list})
    2 ({str} in {str})
    2 ({str} in {dict})
    1 ({any} in {tuple})
    1 ({int} not in {set})
    1 ({int} in {range})
    1 ({any} is None)
    1 ({any} is not None)
    2 (not {any})
    1 ({bool} and {bool})
    1 ({bool} or {bool})
    2 ({int} < {int} <= {int})
    1 ({int} == {int} != {any})
    1 bool({any})
    1 all({iterable})
    1 any({iterable})
    1 isinstance({any}, {type})
    1 {str}.startswith({str})
    1 {str}.endswith(({str}, {str}))
    1 {str}.isdigit()
    1 {str}.isalpha()
    1 {str}.isupper()
    1 {str}.isspace()
    1 callable({any})
    1 hasattr({any}, "append")
    1 ({bool} ^ {bool})
    1 ({range} == {range})
    1 ({float}).is_integer()
    1 {set}.isdisjoint({iterable})`),
  str: lines(String.raw`
    5 ({str} + {str})
    2 ({str} * {count})
    3 str({any})
    3 repr({any})
    2 {str}[{count}]
    2 {str}[{int}:{int}]
    1 {str}[::-1]
    1 {str}[{count}::{count}]
    1 {str}.upper()
    1 {str}.lower()
    1 {str}.title()
    1 {str}.swapcase()
    1 {str}.capitalize()
    2 {str}.strip()
    1 {str}.strip({str})
    1 {str}.lstrip({str})
    2 {str}.replace({str}, {str})
    1 {str}.replace({str}, {str}, {count})
    2 {str}.join({strs})
    1 {str}.zfill({count})
    1 {str}.center({count}, "*")
    1 {str}.ljust({count})
    1 {str}.rjust(7, {str})
    2 {strs}[{count}]
    2 (lambda x: f"{x:}")({any})
    1 (lambda x: f"{x!r:>8}")({str})
    1 (lambda x, y, z: f"{x:.3f}|{y:+}|{z!s}")({number}, {int}, {any})
    1 (lambda x, y, z: f"{x:>{y!s}}{z:e}{x:x}")({int}, {count}, {float})
    1 (lambda x, y, z: f"{x:g}{y:,}{z:^9}{{}}")({number}, {int}, {str})
    1 "{} {!r}".format({any}, {any})
    1 "{1:}-{0:}-{k:}".format({any}, {any}, k={any})
    1 "{:>5}|{:<4}|".format({int}, {str})
    1 "%s %r" % ({any}, {any})
    1 "%d %5.2f %x" % ({int}, {float}, {int})
    1 format({int}, "b")
    1 format({float}, ".2e")
    1 hex({int})
    1 bin({int})
    1 oct({int})
    1 chr({int} % 256)
    1 ascii({str})
    1 {bytes}.decode()
    1 {bytes}.hex()
    1 type({any}).__name__
    1 ({str} if {bool} else {str})
    1 ({str} or {str})
    1 max({strs}, default="-")
    1 {str}.partition({str})[{count}]
    1 str({exception})
    1 ({float}).hex()
    1 {str}.rpartition({str})[0]
    1 json.dumps({any})
    1 json.dumps({dict}, sort_keys=True, indent={count})
    1 textwrap.dedent({str})
    1 string.capwords({str})
    1 "".join([{let c str}{c} for {c} in {outer str} if {bool}])`),
  none: lines("1 None"),
  bytes: lines(`
    3 ({bytes} + {bytes})
    2 {str}.encode()
    2 {bytes}[{int}:{int}]
    1 ({bytes} * {count})
    1 bytes({list})
    1 bytes(bytearray({bytes}))
    1 {bytes}.replace({bytes}, {bytes})
    1 ({int}).to_bytes({count}, "big")
    1 ({int}).to_bytes(8, "little", signed=True)
    1 {bytes}.strip()
    1 bytes.fromhex({bytes}.hex())
    1 {bytes}.join([{bytes}, {bytes}])`),
  list: lines(`
    4 [{int}, {int}]
    2 [{int}, *{list}]
    3 ({list} + {list})
    2 ({list} * {count})
    2 sorted({list})
    1 sorted({list}, reverse=bool({bool}))
    1 sorted({list}, key=lambda {let a int}{a}: {int})
    2 list({range})
    1 list({generator})
    1 list(map(abs, {list}))
    1 list(map(lambda {let a int}{a}: {int}, {outer list}))
    1 list(filter(None, {list}))
    1 list(filter(lambda {let a int}{a}: {bool}, {outer list}))
    3 [{let i int}{int} for {i} in {outer range}]
    2 [{let i int}{int} for {i} in {outer list} if {bool}]
    1 [{let i int}{let k int}{i} + {k} for {i} in range({outer count}) for {k} in {outer list}]
    2 {list}[{int}:{int}]
    1 {list}[::-1]
    1 {list}[{count}:{int}:{count}]
    1 list({dict}.values())
    1 list(reversed({list}))
    1 {list}.copy()
    1 sorted({set})
    1 list({bytes})
    1 list({tuple})
    1 list(zip({list}, {list}))
    1 list(enumerate({list}, {count}))
    1 [len({let s str}{s}) for {s} in {outer strs}]
    1 list(range({int} % 10))
    1 [{let a int}{let c str}({a}, {c}) for {a}, {c} in zip({outer list}, {outer strs})]
    1 ({list} if {bool} else {list})
    1 [[{int}], {list}]
    1 list(itertools.chain({list}, {iterable}))
    1 list(itertools.islice({generator}, {count}))
    1 list(itertools.product({list}, repeat=2))[:9]
    1 list(itertools.combinations({list}, 2))[:9]
    1 [len(list({let k any}{k})) for _, {k} in itertools.groupby({outer list})]
    1 heapq.nsmallest({count}, {list})
    1 list(itertools.zip_longest({list}, {strs}, fillvalue={int}))
    1 list(itertools.takewhile(lambda {let a int}{a}: {bool}, {outer list}))
    1 collections.Counter({strs}).most_common({count})
    1 json.loads(json.dumps({list}))`),
  strs: lines(`
    3 [{str}, {str}]
    2 {str}.split({str})
    1 {str}.split()
    1 {str}.rsplit({str}, {count})
    1 {str}.splitlines()
    2 list({str})
    1 sorted({strs})
    1 sorted({strs}, key=len)
    1 list({dict})
    1 sorted({dict})
    1 [{let s str}{str} for {s} in {outer strs}]
    1 ({strs} + {strs})
    1 list(map(str, {list}))
    1 {strs}[{int}:]
    1 [{let s str}{let n int}{s} * {n} for {s}, {n} in {outer dict}.items() if {n} < 9]`),
  tuple: lines(`
    3 ({any}, {any})
    2 ({any},)
    2 tuple({list})
    1 tuple({iterable})
    1 ({tuple} + {tuple})
    1 ({tuple} * {count})
    1 {tuple}[{int}:]
    1 (*{iterable}, {any})
    1 divmod({int}, {int})
    1 divmod({float}, {float})
    1 {str}.partition({str})
    1 tuple({dict}.items())`),
  dict: lines(`
    3 {{str}: {int}, {str}: {int}}
    1 {**{dict}, {str}: {int}}
    1 dict({dict})
    1 dict(a={int}, b={int})
    2 {{let s str}{s}: {int} for {s} in {outer strs}}
    1 dict(zip({strs}, {list}))
    1 dict.fromkeys({strs}, {int})
    1 {dict}.copy()
    1 {{let k str}{let n int}{k}: {n} for {k}, {n} in {outer dict}.items() if {bool}}`),
  set: lines(`
    2 set({list})
    1 frozenset({list})
    2 ({set} | {set})
    2 ({set} & {set})
    1 ({set} - {set})
    1 ({set} ^ {set})
    1 {{int}, {int}}
    1 {{let i int}{i} % 3 for {i} in {outer list}}
    1 {set}.union({list})
    1 {set}.intersection({list}, {range})`),
  range: lines(`
    2 range({int} % 8)
    1 range({count}, {int} % 12)
    1 {range}[{count}:]
    1 {range}[::-1]`),
  generator: lines(`
    2 ({let i int}{int} for {i} in {outer range})
    1 ({let i any}{i} for {i} in {outer iterable} if {i})
    1 map(abs, {list})
    1 filter(None, {list})
    1 iter({range})
    1 (lambda: (yield {int}))()`),
};

const PRINT = paragraphs(`
12 print({any})

6 print({any}, {any})

3 print({any}, {any}, sep={str}, end="|")

3 print(sorted({set}))

3 print(*{iterable})

2 print({range}, {bool})

1 print(repr({exception}))`);

const ASSIGN = paragraphs(`
5 straight: {new int} = {int}

2 {new float} = {float}

4 straight: {new str} = {str}

3 straight: {new list} = {list}

2 straight: {new strs} = {strs}

2 straight: {new dict} = {dict}

2 straight: {new tuple} = {tuple}

1 straight: {new set} = {set}

1 straight: {new bytes} = {bytes}

1 straight: {new generator} = {generator}

3 loop: {var int} = ({int}) % 9973

2 loop: {var str} = ({str})[:20]

1 loop: {var list} = ({list})[:8]

3 {var int} += {int}

1 {var int} -= {int}

1 straight: {var int} *= {int}

1 {var int} //= {int}

1 {var int} ^= {int}

1 {var float} += {number}

1 {var float} /= {number}

2 {var str} += ({str})[:9]

2 {var list} += ({list})[:5]

1 {var set} |= set(({list})[:5])

2 straight: {new int}, {new str} = {int}, {str}

1 straight: {new int}, *{new list} = {list}

1 straight: *{new list}, {new int} = {range}

1 straight: ({new int}, {new int}), {new int} = {list}[:2], {int}

1 straight: {new int} = {new int} = {int}

1 straight: print(({new int} := {int}) + 1)

2 straight: {let x int}{let y int}{x}, {y} = {int}, {int}
{x}, {y} = {y}, {x}
print({x}, {y})`);

const CHANGE = paragraphs(`
3 {var list}.append({int})

2 {var list}[{count}] = {int}

1 {var list}[{int}:{int}] = ({list})[:4]

1 {var list}[::{count}] = ({list})[:4]

1 del {var list}[{count}]

1 del {var list}[{int}:{int}]

1 {var list}.insert({index}, {int})

1 print({var list}.pop({index}))

1 {var list}.remove({int})

1 {var list}.reverse()

1 {var list}.sort(reverse=bool({bool}))

1 {var list}.sort(key=lambda {let a int}{a}: {int})

1 {var list}.extend(({list})[:5])

1 {var list}.clear()

3 {var dict}[{str}] = {int}

1 {var dict}[{any}] = {int}

1 del {var dict}[{str}]

1 print({var dict}.pop({str}, {any}))

1 print({var dict}.popitem())

1 {var dict}.update({dict})

1 {var dict}.setdefault({str}, {int})

1 {var set}.add({int})

1 {var set}.discard({int})

1 {var set}.remove({int})

1 {var dict}[{str}] += {int}

1 del {var int}`);

const CONTROL = paragraphs(`
5 if {bool}:
    {block}

4 if {any}:
    {block}
else:
    {block}

2 if {bool}:
    {block}
elif {bool}:
    {block}
else:
    {block}

4 {let i int}for {i} in {outer range}:
    {loop}

3 {let i int}for {i} in ({outer list})[:5]:
    {loop}

2 {let s str}for {s} in ({outer str})[:6]:
    {loop}
else:
    {block}

1 {let i int}for {i} in tuple({outer list})[:4]:
    {loop}
    if {bool}:
        break
else:
    {block}

1 {let k str}{let n int}for {k}, {n} in {outer dict}.items():
    {loop}

1 {let k str}for {k} in {outer dict}:
    {loop}

1 {let i int}{let s str}for {i}, {s} in enumerate(({outer strs})[:5]):
    {loop}

2 {let n counter}{n} = {count}
while {n} > 0:
    {n} -= 1
    {loop}

1 {let n counter}{n} = 0
while True:
    {n} += 1
    if {n} > {count}:
        break
    {loop}

2 loop: if {bool}:
    {block}
    continue

1 loop: if {bool}:
    break

3 try:
    {block}
except {exceptions} as e:
    print("caught", type(e).__name__)
    {block}

2 try:
    {block}
finally:
    {block}

2 try:
    {block}
except {exceptions}:
    {block}
else:
    {block}
finally:
    print("finally")

1 try:
    raise {exception}
except {exceptions} as e:
    print(repr(e))

1 try:
    try:
        {block}
        raise {exception}
    except {exceptions} as e:
        raise RuntimeError("second") from e
except Exception as e:
    print(type(e).__name__, type(e.__cause__).__name__)

1 try:
    {block}
except Exception:
    print("again")
    raise

2 function: return {any}

1 function: if {bool}:
    return {any}

3 generator: yield {any}

1 generator: yield {int}, {any}

1 generator: {let i any}for {i} in {outer iterable}:
    yield {i}

1 assert {bool}, {str}

2 match {any}:
    case 0 | 1 | "a":
        {block}
    case str() as {new str}:
        {block}
    case [{new any}, *_]:
        {block}
    case {"a": {new any}}:
        {block}
    case None | True:
        {block}
    case _:
        {block}

1 {let s str}{let n int}match ({str}, {int}):
    case ("abc", {n}) if {n} > {int}:
        {block}
    case ({s}, 1 | 2 | 3):
        {block}
    case ({s}, {n}):
        {block}

1 straight: {new generator} = {generator}
print([{let x any}{x} for {x} in {outer generator}])

1 {let g generator}{g} = {generator}
print(next({g}, "end"), list({g}), next({g}, "end"))

1 raise {exception}

1 pass`);

export const STATEMENTS: readonly Rule[] = [...PRINT, ...ASSIGN, ...CHANGE, ...CONTROL];
