# ** and pow: ints of any size, negative exponents, floats, and a modulus.
print(2**0, 0**0, 2**10, (-2)**11, 3**40, (-7)**33, 10**50)
# expect: 1 1 1024 -2048 12157665459056928801 -7730993719707444524137094407 100000000000000000000000000000000000000000000000000
print(2**-1, 10**-3, (-2)**-2, 1**-5, 4**0.5, 2**0.5, 2.0**3, 9**1.5, (-8.0)**3, (-8.0)**-3)
# expect: 0.5 0.001 0.25 1.0 2.0 1.4142135623730951 8.0 27.0 -512.0 -0.001953125
print(0.0**0, 1.0**1e300, 2.0**-1074, 2.0**1023, 1e-200**2, 0.5**0.5)
# expect: 1.0 1.0 5e-324 8.98846567431158e+307 0.0 0.7071067811865476
inf = float("inf")
nan = float("nan")
print(inf**2, inf**-1, (-inf)**3, (-inf)**2, 2**inf, 0.5**inf, (-1)**inf, nan**0, 1**nan, 0.0**-inf)
# expect: inf 0.0 -inf inf inf 0.0 1.0 1.0 1.0 inf
print(pow(3, 200, 13), pow(-3, 5, 7), pow(3, 5, -7), pow(2, 1000, 10**9 + 7), pow(5, 0, 1), pow(0, 0, 7))
# expect: 9 2 -2 688423210 0 1
print(pow(3, -1, 11), pow(10, -2, 97), pow(2**100, 2**60, 2**61 - 1), pow(7, 65537, 3**100), pow(True, 5, True))
# expect: 4 65 549755813888 57331687859199567356669921728290940237819777342 0
print(pow(2, 5), pow(2.0, 5), pow(2, -2), pow(base=3, exp=4), pow(3, 4, mod=5))  # expect: 32 32.0 0.25 81 1
def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(lambda: 0**-1))  # expect: ZeroDivisionError: 0.0 cannot be raised to a negative power
print(attempt(lambda: 0.0**-2.5))  # expect: ZeroDivisionError: 0.0 cannot be raised to a negative power
print(attempt(lambda: 10.0**400))  # expect: OverflowError: (34, 'Numerical result out of range')
print(attempt(lambda: pow(2, 3, 0)))  # expect: ValueError: pow() 3rd argument cannot be 0
print(attempt(lambda: pow(4, -1, 8)))  # expect: ValueError: base is not invertible for the given modulus
print(attempt(lambda: pow(2, 1.0, 3)))
# expect: TypeError: pow() 3rd argument not allowed unless all arguments are integers
print(attempt(lambda: "a" ** 2))  # expect: TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'
x = 3
x **= 4
print(x)  # expect: 81
