# A small evaluator: what match is made for.
def evaluate(tree):
    match tree:
        case int(n) | float(n):
            return n
        case ("+", left, right):
            return evaluate(left) + evaluate(right)
        case ("*", left, right):
            return evaluate(left) * evaluate(right)
        case ("-", operand):
            return -evaluate(operand)
        case ("let", {"name": str(name), "value": value}, body):
            return evaluate(substitute(body, name, evaluate(value)))
        case _:
            raise ValueError(f"cannot evaluate {tree!r}")


def substitute(tree, name, value):
    match tree:
        case str() if tree == name:
            return value
        case (operator, *operands):
            return (operator, *[substitute(operand, name, value) for operand in operands])
        case _:
            return tree


print(evaluate(("+", 1, ("*", 2, ("-", 3)))))  # expect: -5
print(evaluate(("let", {"name": "x", "value": ("+", 2, 2)}, ("*", "x", "x"))))  # expect: 16
try:
    evaluate(("?", 1))
except ValueError as e:
    print(e)  # expect: cannot evaluate ('?', 1)
