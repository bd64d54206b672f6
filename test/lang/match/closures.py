# Names of patterns may be captured, global or nonlocal, and used by generators.
def outer(x):
    total = 0

    def inner(y):
        nonlocal total
        match y:
            case [total]:
                pass
            case {"add": n}:
                total += n
        return lambda: total

    last = inner([5])
    inner({"add": x})
    return total, last()


print(outer(2))  # expect: (7, 7)


def publish(x):
    global published
    match x:
        case (published, _):
            return published


print(publish((1, 2)), published)  # expect: 1 1


def leaves(tree):
    match tree:
        case [*branches]:
            for branch in branches:
                yield from leaves(branch)
        case leaf:
            yield leaf


print(list(leaves([1, [2, [3, 4], []], 5])))  # expect: [1, 2, 3, 4, 5]
