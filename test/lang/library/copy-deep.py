from copy import deepcopy


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next
        self.tags = {"v": [value]}


class Special:
    def __deepcopy__(self, memo):
        return "deep"


data = {"a": [1, (2, [3])], "b": {4}, "n": None, "s": "x"}
other = deepcopy(data)
other["a"][1][1].append(9)
other["b"].add(5)
print(data, other == data, other["a"][1])  # expect: {'a': [1, (2, [3])], 'b': {4}, 'n': None, 's': 'x'} False (2, [3, 9])
n = Node(1, Node(2))
n.next.next = n
m = deepcopy(n)
m.tags["v"].append(7)
print(m.next.next is m, m is not n, m.next.value, n.tags, m.tags, deepcopy([Special()]))  # expect: True True 2 {'v': [1]} {'v': [1, 7]} ['deep']
shared = [1]
pair = deepcopy([shared, shared])
print(pair[0] is pair[1], pair[0] is shared, deepcopy((1, 2)) == (1, 2))  # expect: True False True
loop = []
loop.append(loop)
again = deepcopy(loop)
print(again[0] is again, again)  # expect: True [[...]]
