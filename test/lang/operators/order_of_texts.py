# Texts and bytes in order, whatever the first difference is.
for a in "ab13":
    print([a < b for b in "acd1357"], [a > b for b in "acd1357"], [(a + "x").encode() <= b.encode() for b in "acd1357"])
print(sorted("31425"), max("13"), min(["c", "a"]), sorted(["ab", "a", "ad", "é", "aé", ""]), "a" < "ab", "ab" <= "ab", b"\xff" > b"\x01", b"a" < b"ab")

# expect: [False, True, True, False, False, False, False] [False, False, False, True, True, True, True] [False, True, True, False, False, False, False]
# expect: [False, True, True, False, False, False, False] [True, False, False, True, True, True, True] [False, True, True, False, False, False, False]
# expect: [True, True, True, False, True, True, True] [False, False, False, False, False, False, False] [True, True, True, False, True, True, True]
# expect: [True, True, True, False, False, True, True] [False, False, False, True, False, False, False] [True, True, True, False, False, True, True]
# expect: ['1', '2', '3', '4', '5'] 3 a ['', 'a', 'ab', 'ad', 'aé', 'é'] True True True True
