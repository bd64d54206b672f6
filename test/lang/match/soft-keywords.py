# match, case and _ are ordinary names elsewhere.
match = [1, 2]
case = {"match": 3}
print(match[0], case["match"])  # expect: 1 3


def _(match, case=5):
    return match + case


print(_(1), _(case=1, match=1))  # expect: 6 2
match match:
    case [case, *_]:
        print(case)  # expect: 1
