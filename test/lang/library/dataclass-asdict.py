from dataclasses import asdict, astuple, dataclass, field
import json


@dataclass
class Reading:
    value: float
    tags: list = field(default_factory=list)


@dataclass
class Batch:
    first: Reading
    rest: dict


batch = Batch(Reading(1.5, ["a"]), {"k": [Reading(2)], "t": (1, Reading(3))})
print(asdict(batch))  # expect: {'first': {'value': 1.5, 'tags': ['a']}, 'rest': {'k': [{'value': 2, 'tags': []}], 't': (1, {'value': 3, 'tags': []})}}
print(astuple(batch.first), json.dumps(asdict(batch.first)))  # expect: (1.5, ['a']) {"value": 1.5, "tags": ["a"]}
print(asdict(batch.first)["tags"] is batch.first.tags, asdict(Reading(0), dict_factory=list))  # expect: False [('value', 0), ('tags', [])]
try:
    asdict(5)
except TypeError as error:
    print(error)  # expect: asdict() should be called on dataclass instances
