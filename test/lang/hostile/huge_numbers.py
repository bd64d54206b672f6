# not on CPython: its integers have no limit but memory; here one of more than 65,536 bits is refused before it costs anything
def attempt(f):
    try:
        return type(f()).__name__
    except Exception as e:
        return type(e).__name__

big = 1 << 60000
print(attempt(lambda: 10 ** 10 ** 6), attempt(lambda: pow(3, 10 ** 9)), attempt(lambda: 1 << 10 ** 9), attempt(lambda: big * big))
print(attempt(lambda: int("f" * 20000, 16)), attempt(lambda: pow(3, big, big + 1)), attempt(lambda: big << big))
print(0 << 10 ** 9, 1 ** 10 ** 9, (-1) ** 10 ** 9, big >> 10 ** 9, -1 >> 10 ** 9, 0 ** 10 ** 9)
print(round(1.5, 10 ** 9), round(15, -10 ** 9), 2.5 // 10 ** 300, -7 // 10 ** 400, 7 % -10 ** 40)
print(attempt(lambda: 0.5 + 10 ** 400), attempt(lambda: 2.0 ** 100000), attempt(lambda: 10 ** 400 / 3), attempt(lambda: float(10 ** 400)))
# expect: OverflowError OverflowError OverflowError OverflowError
# expect: OverflowError OverflowError OverflowError
# expect: 0 1 1 0 -1 0
# expect: 1.5 0 0.0 -1 -9999999999999999999999999999999999999993
# expect: OverflowError OverflowError OverflowError OverflowError
