# Containers whose items compare by methods.
class C:
    def __init__(self, v):
        self.v = v
    def __eq__(self, other):
        return isinstance(other, C) and self.v == other.v
    def __lt__(self, other):
        return self.v < other.v
    def __repr__(self):
        return f"C({self.v})"

a = [C(1)]
print(a == [C(1)], a != [C(1)], a == [C(2)], [a] == [[C(1)]], a == (C(1),), a * 2 == [C(1), C(1)])
print((C(1), 2) == (C(1), 2), (C(1), 2) < (C(1), 3), (C(1), 2) < (C(2), 1), (C(1),) < (C(1), 0), [C(2)] > [C(1)])
print({1: a} == {1: [C(1)]}, {1: a} != {1: [C(1)]}, {1: a} == {2: a})
if a == [C(1)] and not a != [C(1)]:
    print("equal")
while a != [C(1), C(2)]:
    a.append(C(len(a) + 1))
print(a, [C(1)] in [a, [C(1)]], (1, C(1)) in {1: C(1)}.items(), C(2) in {1: C(2)}.values())
print(a.index(C(2)), a.count(C(1)), a.index(C(2), -1), a.index(C(1), -9, 1), (C(1), C(1)).count(C(1)), (C(1),).index(C(1)))
a.remove(C(1))
print(a)
for f in (lambda: a.remove(C(5)), lambda: a.index(C(5)), lambda: (C(1),).index(C(5))):
    try:
        f()
    except ValueError as e:
        print(e)
print(sorted([(1, C(3)), (1, C(1)), (0, C(2))]), min((1, C(2)), (1, C(1))))
class Plain:
    pass
for f in (lambda: [Plain()] < [Plain()], lambda: sorted([Plain(), Plain()]), lambda: max(Plain(), 5)):
    try:
        f()
    except TypeError as e:
        print(e)

# expect: True False False True False True
# expect: True True True True True
# expect: True False False
# expect: equal
# expect: [C(1), C(2)] True True True
# expect: 1 1 1 0 2 0
# expect: [C(2)]
# expect: list.remove(x): x not in list
# expect: C(5) is not in list
# expect: tuple.index(x): x not in tuple
# expect: [(0, C(2)), (1, C(1)), (1, C(3))] (1, C(1))
# expect: '<' not supported between instances of 'Plain' and 'Plain'
# expect: '<' not supported between instances of 'Plain' and 'Plain'
# expect: '>' not supported between instances of 'int' and 'Plain'
