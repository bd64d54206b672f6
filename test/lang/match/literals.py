# Numbers, texts and bytes match what equals them; None, True and False match themselves only.
def kind(x):
    match x:
        case 0:
            return "zero"
        case -1 | -2.5:
            return "negative"
        case 3.5:
            return "float"
        case "a" "b":
            return "ab"
        case b"raw":
            return "bytes"
        case None:
            return "none"
        case True:
            return "true"
        case False:
            return "false"
        case 300 | 70000 | 12345678901234567890:
            return "large"
    return "other"


for x in [0, -1, -2.5, 3.5, "ab", b"raw", None, True, 0.0, 300, 70000, 12345678901234567890, "c", (), 1]:
    print(kind(x))
# expect: zero
# expect: negative
# expect: negative
# expect: float
# expect: ab
# expect: bytes
# expect: none
# expect: true
# expect: zero
# expect: large
# expect: large
# expect: large
# expect: other
# expect: other
# expect: other
print(kind(False))  # expect: zero
