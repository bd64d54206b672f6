# f-strings, %, slices, concatenation.
name = "world"
n = 42
pi = 3.14159
print(f"hello {name}", f"{n}", f"{n:5d}|{n:<5}|{n:^5}|{n:05}|{n:x}|{n:#b}|{n:+}", f"{pi:.2f}|{pi:8.3f}|{pi:e}")
# expect: hello world 42    42|42   | 42  |00042|2a|0b101010|+42 3.14|   3.142|3.141590e+00
print(f"{name!r} {name!s:>8} {n + 1} {n * 2 = } {name=} {pi=:.1f}", f"{{}} {{{n}}}")
# expect: 'world'    world 43 n * 2 = 84 name='world' pi=3.1 {} {42}
width = 8
print(f"{name:>{width}}|{pi:{width}.{2}f}|{n:{'>'}{width}}", f"{'nested'}", f'{"a" + "b"}', f"{n if n > 3 else 0}")
# expect:    world|    3.14|      42 nested ab 42
print(f"{[i for i in range(3)]} {({'k': 1})['k']} {(lambda x: x + 1)(2)}", f"" == "", f"{None} {True}")
# expect: [0, 1, 2] 1 3 True None True
print("%s is %d and %.2f, %5s|%-5s|%05d|%x %%" % ("x", 3, 1.5, "r", "l", 42, 255))  # expect: x is 3 and 1.50,     r|l    |00042|ff %
print("%s" % "one", "%r %s" % ("a", [1]), "%c%c" % (65, "b"))  # expect: one 'a' [1] Ab
s = "abcdefgh"
print(s[0], s[-1], s[2:5], s[:3], s[5:], s[::2], s[::-1], s[-3:-1], s[10:], s[3:1], s[:])
# expect: a h cde abc fgh aceg hgfedcba fg   abcdefgh
i = 2
print(s[i], s[i:i + 3], s[:-i], s[i], (1, 2, 3)[1:], [1, 2, 3, 4][::i])  # expect: c cde abcdef c (2, 3) [1, 3]
print("a" "b" f"{n}" "c" f"{n}", "multi"
      "line", ("paren"
               "thesized"))  # expect: ab42c42 multiline parenthesized
print(f"""triple {
    n + 1
} quoted""")  # expect: triple 43 quoted
print("tab\there", 'quote"s', "it's", f"{n}\t{n}", "\u00e9" + chr(233), "\\", len("\n"))  # expect: tab	here quote"s it's 42	42 éé \ 1
text = ""
for c in "hello":
    text = c + text
    text += "-"
print(text)  # expect: olleh-----
print("a" < "b", "a" * 3, "ab" in "cabd", "x" not in "abc", "abc".upper().lower().title(), " x ".strip() + "|")
# expect: True aaa True True Abc x|
print("{} {} {name}".format(1, 2, name=3), "-".join(["a", "b"]), "a,b".split(","))  # expect: 1 2 3 a-b ['a', 'b']
