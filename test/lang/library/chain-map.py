from collections import ChainMap

defaults, given = {"color": "red", "user": "guest"}, {"user": "ann"}
m = ChainMap(given, defaults)
print(m["user"], m["color"], m.get("z", 9), len(m), sorted(m), "color" in m, m)
m["color"] = "blue"
print(given, defaults, dict(m), m.new_child({"user": "bob"})["user"], m.maps)
for action in [lambda: m["nope"], lambda: ChainMap({}, {"b": 1}).__delitem__("b")]:
    try:
        action()
    except KeyError as error:
        print(error)
print(list(m.items()), list(m.values()))
# expect: ann red 9 2 ['color', 'user'] True ChainMap({'user': 'ann'}, {'color': 'red', 'user': 'guest'})
# expect: {'user': 'ann', 'color': 'blue'} {'color': 'red', 'user': 'guest'} {'color': 'blue', 'user': 'ann'} bob [{'user': 'ann', 'color': 'blue'}, {'color': 'red', 'user': 'guest'}]
# expect: 'nope'
# expect: "Key not found in the first mapping: 'b'"
# expect: [('color', 'blue'), ('user', 'ann')] ['blue', 'ann']
