# int to text and back, in every base.
print(str(2**64), str(-10**40), repr(0), 10**9, 10**18, 12345678901234567890, -1000000000000000000000)
# expect: 18446744073709551616 -10000000000000000000000000000000000000000 0 1000000000 1000000000000000000 12345678901234567890 -1000000000000000000000
print(bin(10), bin(-10), oct(8), hex(255), hex(-2**70), bin(2**35), oct(10**20), hex(0), bin(True), hex(False))
# expect: 0b1010 -0b1010 0o10 0xff -0x400000000000000000 0b100000000000000000000000000000000000 0o12657072742654304000000 0x0 0b1 0x0
print(int("42"), int("  -17 \n"), int("+5"), int("1_000_000"), int("0"), int("00012"), int("9" * 40), int("-" + "8" * 25))
# expect: 42 -17 5 1000000 0 12 9999999999999999999999999999999999999999 -8888888888888888888888888
print(int("ff", 16), int("0xFF", 16), int("-0b101", 2), int("0o17", 8), int("zz", 36), int("0x1f", 0), int("0b11", 0), int("12", 0), int("0x_f", 16))
# expect: 255 255 -5 15 1295 31 3 12 15
print(int("1" * 70, 2), int("7" * 30, 8), int("123456789abcdef0" * 3, 16), int("210" * 12, 3), int("z" * 20, 36))
# expect: 1180591620717411303423 1237940039285380274899124223 446371678960830626287503741310750946166416432579510853360 121230282355268520 13367494538843734067838845976575
print(int(), int(3.99), int(-3.99), int(1e20), int(-2.0**80), int(True), int(b"12"), int(0.5), int(-0.0))
# expect: 0 3 -3 100000000000000000000 -1208925819614629174706176 1 12 0 0
print(int(str(3**300)) == 3**300, int(hex(3**300), 16) == 3**300, int(bin(-3**99), 2) == -3**99, int(oct(7**77), 8) == 7**77)
# expect: True True True True
def attempt(*a):
    try:
        return int(*a)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(""), attempt("12x"), attempt("1__2"), attempt("_1"), attempt("1_"))
# expect: ValueError: invalid literal for int() with base 10: '' ValueError: invalid literal for int() with base 10: '12x' ValueError: invalid literal for int() with base 10: '1__2' ValueError: invalid literal for int() with base 10: '_1' ValueError: invalid literal for int() with base 10: '1_'
print(attempt("--1"), attempt("0x", 16), attempt("010", 0), attempt("9", 8), attempt(" - 1"))
# expect: ValueError: invalid literal for int() with base 10: '--1' ValueError: invalid literal for int() with base 16: '0x' ValueError: invalid literal for int() with base 0: '010' ValueError: invalid literal for int() with base 8: '9' ValueError: invalid literal for int() with base 10: ' - 1'
print(attempt("1", 1), attempt("1", 37), attempt(12, 10), attempt("1.5"))
# expect: ValueError: int() base must be >= 2 and <= 36, or 0 ValueError: int() base must be >= 2 and <= 36, or 0 TypeError: int() can't convert non-string with explicit base ValueError: invalid literal for int() with base 10: '1.5'
print(attempt([]), attempt(None), attempt(float("nan")), attempt(float("inf")))
# expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list' TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType' ValueError: cannot convert float NaN to integer OverflowError: cannot convert float infinity to integer
print((255).to_bytes(2, "big"), (255).to_bytes(2, "little"), (2**70).to_bytes(10, "big"), (-1).to_bytes(3, "little", signed=True), (0).to_bytes(1, "big"))
# expect: b'\x00\xff' b'\xff\x00' b'\x00@\x00\x00\x00\x00\x00\x00\x00\x00' b'\xff\xff\xff' b'\x00'
print((-2**70).to_bytes(9, "big", signed=True), (65).to_bytes(), (1024).to_bytes(length=4, byteorder="little"))
# expect: b'\xc0\x00\x00\x00\x00\x00\x00\x00\x00' b'A' b'\x00\x04\x00\x00'
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\x01\x00", "little"), int.from_bytes(b"\xff" * 9, "big"), int.from_bytes(b"\xff" * 9, "big", signed=True))
# expect: 256 1 4722366482869645213695 -1
print(int.from_bytes(b"\x80" + b"\x00" * 8, "big", signed=True), int.from_bytes(b"", "big"), int.from_bytes(bytearray(b"\x00\x01\x02"), byteorder="big"))
# expect: -2361183241434822606848 0 258
def to_bytes(n, length, order="big", signed=False):
    try:
        return n.to_bytes(length, order, signed=signed)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(to_bytes(256, 1), to_bytes(-1, 1), to_bytes(128, 1, "big", True), to_bytes(-128, 1, "big", True), to_bytes(-129, 1, "big", True))
# expect: OverflowError: int too big to convert OverflowError: can't convert negative int to unsigned OverflowError: int too big to convert b'\x80' OverflowError: int too big to convert
print(to_bytes(1, -1), to_bytes(1, 1, "middle"), to_bytes(0, 0))
# expect: ValueError: length argument must be non-negative ValueError: byteorder must be either 'little' or 'big' b''
