from collections import defaultdict
import json

groups = defaultdict(list)
for word in ["apple", "bat", "avocado", "cat", "bee"]:
    groups[word[0]].append(word)
print(groups, dict(groups), json.dumps(groups))  # expect: defaultdict(<class 'list'>, {'a': ['apple', 'avocado'], 'b': ['bat', 'bee'], 'c': ['cat']}) {'a': ['apple', 'avocado'], 'b': ['bat', 'bee'], 'c': ['cat']} {"a": ["apple", "avocado"], "b": ["bat", "bee"], "c": ["cat"]}
print(groups.get("z"), "z" in groups, len(groups), groups["z"], len(groups), isinstance(groups, dict))  # expect: None False 3 [] 4 True
counts = defaultdict(int, {"x": 5}, y=1)
for letter in "hello":
    counts[letter] += 1
print(sorted(counts.items()), counts.default_factory, counts.copy() == counts)  # expect: [('e', 1), ('h', 1), ('l', 2), ('o', 1), ('x', 5), ('y', 1)] <class 'int'> True
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 2
print(nested["a"]["b"], nested["q"]["r"])  # expect: 2 0
try:
    defaultdict()["k"]
except KeyError as error:
    print("KeyError", error)  # expect: KeyError 'k'
