class Stack(list):
    def __init__(self, items=()):
        super().__init__(items)
        self.pushes = 0

    def push(self, item):
        self.pushes += 1
        super().append(item)

    def __repr__(self):
        return f"Stack({list(self)})"


s = Stack([3, 1])
s.push(2)
s.append(9)
print(s, s.pushes, len(s), s[0], s[-1], s[1:3], sum(s), sorted(s), [x for x in s], s == [3, 1, 2, 9])  # expect: Stack([3, 1, 2, 9]) 1 4 3 9 [1, 2] 15 [1, 2, 3, 9] [3, 1, 2, 9] True
s.sort()
s[0] = 7
del s[1]
a, b, c = s
print(s, str(s), [s], f"{s}", a, b, c, s + [1], 7 in s, s * 2, isinstance(s, list), max(s), bool(Stack()))  # expect: Stack([7, 3, 9]) Stack([7, 3, 9]) [Stack([7, 3, 9])] Stack([7, 3, 9]) 7 3 9 [7, 3, 9, 1] True [7, 3, 9, 7, 3, 9] True 9 False
