# Literals of every kind and what the compiler folds.
print(0, 7, 127, 128, 32767, 32768, 65535, 1073741823, 1073741824)  # expect: 0 7 127 128 32767 32768 65535 1073741823 1073741824
print(-1, -128, -129, -32768, -32769, -1073741824, -1073741825)  # expect: -1 -128 -129 -32768 -32769 -1073741824 -1073741825
print(0xFF, 0o17, 0b101, 1_000_000, 0xdead_beef)  # expect: 255 15 5 1000000 3735928559
print(123456789012345678901234567890)  # expect: 123456789012345678901234567890
print(1.5, .5, 2., 1e3, 1.5e-7, 1_0.2_5, 1e400, 0.1 + 0.2)  # expect: 1.5 0.5 2.0 1000.0 1.5e-07 10.25 inf 0.30000000000000004
print(True, False, None, ...)  # expect: True False None Ellipsis
print("a\tb\\n", 'it\'s', "\x41\u00e9\U0001F600\101", "tab\
joined")  # expect: a	b\n it's Aé😀A tabjoined
print(r"a\tb\\", b"\x00a\xff", rb"\x", b'it\'s')  # expect: a\tb\\ b'\x00a\xff' b'\\x' b"it's"
print("con" "cat" 'enated', b"by" b"tes")  # expect: concatenated b'bytes'
print("""two
lines""")
# expect: two
# expect: lines
print(2 + 3 * 4, 2 ** 10, 7 // 2, -7 // 2, -7 % 3, 7 % -3, 1 << 20, 255 >> 3, 6 & 3, 6 | 3, 6 ^ 3, ~5)
# expect: 14 1024 3 -4 2 -2 1048576 31 2 7 5 -6
print(7 / 2, 1 / 3, 2.0 * 3, -2 ** 2, (-2) ** 2, 2 ** -1)  # expect: 3.5 0.3333333333333333 6.0 -4 4 0.5
print("ab" * 3, "-" * 0, 3 * "xy", "a" + "b")  # expect: ababab  xyxyxy ab
print((), (1,), (1, 2.5, "x", None), ((1, 2), (3, (4,))))  # expect: () (1,) (1, 2.5, 'x', None) ((1, 2), (3, (4,)))
print(not 0, not "a", not (), - -3, +4, not not 5)  # expect: True False True 3 4 True
print(1 if True else 2, 1 if "" else 2)  # expect: 1 2
x = 5
print(x, x + 1, 1 + x, x - -1, x * 300, 300 * x, x % 1000, x & 255, x << 3, x >> 1)  # expect: 5 6 6 6 1500 1500 5 5 40 2
print("é", len("é"), "日本語", "\0" == "\x00")  # expect: é 1 日本語 True
