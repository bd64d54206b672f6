import enum


class Op(enum.Enum):
    ADD = "+"
    SUB = "-"


def apply(op, a, b):
    if op is Op.ADD:
        return a + b
    return a - b


table = {op: apply(op, 5, 3) for op in Op}
print(table, table[Op.SUB], Op("+"), Op.ADD in table, enum.Enum is not None)  # expect: {<Op.ADD: '+'>: 8, <Op.SUB: '-'>: 2} 2 Op.ADD True True
