# True division of ints is correctly rounded; zero divisors and overflow are named.
print(1 / 3, 2 / 3, -7 / 2, 6 / 3, 0 / 5, 0 / -5, 10**18 / 3, 10**25 / 10**7)
# expect: 0.3333333333333333 0.6666666666666666 -3.5 2.0 0.0 -0.0 3.333333333333333e+17 1e+18
print((2**53 + 1) / 1, (2**54 + 1) / 2, (2**54 + 3) / 2, (10**400 + 1) / 10**399, 10**300 / 7**400, -3**500 / 2**800)
# expect: 9007199254740992.0 9007199254740992.0 9007199254740994.0 10.0 9.136587006332135e-39 -0.005452941375858159
print(1 / 2**1074, 1 / 2**1075, 3 / 2**1075, 1 / 10**400, -1 / 10**400, (2**1024 - 2**971) / 1, 123456789123456789 / 987654321987654321)
# expect: 5e-324 0.0 1e-323 0.0 -0.0 1.7976931348623157e+308 0.1249999988609375
def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(lambda: 1 / 0))  # expect: ZeroDivisionError: division by zero
print(attempt(lambda: 1 // 0))  # expect: ZeroDivisionError: integer division or modulo by zero
print(attempt(lambda: 1 % 0))  # expect: ZeroDivisionError: integer modulo by zero
print(attempt(lambda: divmod(2**70, 0)))  # expect: ZeroDivisionError: integer division or modulo by zero
print(attempt(lambda: 1.0 / 0))  # expect: ZeroDivisionError: float division by zero
print(attempt(lambda: 1 / 0.0))  # expect: ZeroDivisionError: float division by zero
print(attempt(lambda: 1.0 // 0))  # expect: ZeroDivisionError: float floor division by zero
print(attempt(lambda: 5 % 0.0))  # expect: ZeroDivisionError: float modulo
print(attempt(lambda: divmod(1.5, 0)))  # expect: ZeroDivisionError: float divmod()
print(attempt(lambda: 10**400 / 3))  # expect: OverflowError: integer division result too large for a float
print(attempt(lambda: 10**400 * 1.0))  # expect: OverflowError: int too large to convert to float
print(attempt(lambda: 1.5 + 10**400))  # expect: OverflowError: int too large to convert to float
