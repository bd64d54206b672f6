# Equality and order of containers whose items compare by methods.


# left op right; op counts < <= > >= == != and the operands are two lists, two tuples or two dicts.
@linked("compares", opcodes="lt le gt ge eq ne jlt jle jgt jge jeq jne jnlt jnle jngt jnge jneq jnne")
def _compare(left, right, op):
    if isinstance(left, dict):
        return same(left, right, left) == (op == 4)
    if op >= 4:
        return (len(left) == len(right) and same(left, right, range(len(left)))) == (op == 4)
    for i in range(min(len(left), len(right))):
        a = left[i]
        b = right[i]
        if a is not b and not a == b:
            break
    else:
        a = len(left)
        b = len(right)
    return a < b if op == 0 else a <= b if op == 1 else a > b if op == 2 else a >= b


# Of as many items each.
def same(left, right, keys):
    for key in keys:
        if isinstance(left, dict) and key not in right or left[key] is not right[key] and not left[key] == right[key]:
            return False
    return True


# `item in container`.
@linked("iterates", "compares", opcodes="in notin")
def _contains(container, wanted):
    for item in container:
        if item is wanted or item == wanted:
            return True
    return False


@linked("compares")
def list_dot_index(self, wanted, start=0, stop=1073741823):
    i = index_of(self, wanted, start, stop)
    if i < 0:
        raise ValueError(f"{wanted!r} is not in list")
    return i


@linked("compares")
def tuple_dot_index(self, wanted, start=0, stop=1073741823):
    i = index_of(self, wanted, start, stop)
    if i < 0:
        raise ValueError("tuple.index(x): x not in tuple")
    return i


def index_of(items, wanted, start, stop):
    for i in range(len(items))[start:stop]:
        if i >= len(items):
            break
        if items[i] is wanted or items[i] == wanted:
            return i
    return -1


@linked("compares")
def list_dot_count(self, wanted):
    count = 0
    for item in self:
        if item is wanted or item == wanted:
            count += 1
    return count


@linked("compares")
def tuple_dot_count(self, wanted):
    return list(self).count(wanted)


@linked("compares")
def list_dot_remove(self, wanted):
    i = index_of(self, wanted, 0, len(self))
    if i < 0:
        raise ValueError("list.remove(x): x not in list")
    del self[i]
