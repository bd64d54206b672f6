from collections import namedtuple

Row = namedtuple("Row", ["name", "n", "unit"], defaults=[0, "C"])
rows = [Row("b", 2), Row("a"), Row("c", 1, "F")]
print(rows[1], sorted(rows), max(rows), min(rows, key=lambda row: row.n).name)  # expect: Row(name='a', n=0, unit='C') [Row(name='a', n=0, unit='C'), Row(name='b', n=2, unit='C'), Row(name='c', n=1, unit='F')] Row(name='c', n=1, unit='F') a
print([n for _, n, _ in rows], rows[0][:2], rows[0].index(2), rows[2].count("F"), "C" in rows[0])  # expect: [2, 0, 1] ('b', 2) 1 1 True
print(rows[0] < rows[1], rows[0] != ("b", 2, "C"), f"{rows[0].name}-{rows[0].n}", "%s %s %s" % rows[0])  # expect: False False b-2 b 2 C


def total(name, count, unit):
    return name * count + unit


print(total(*rows[0]), list(zip(*rows))[0], len(rows[0] * 2), rows[0] * 1 == rows[0])  # expect: bbC ('b', 'a', 'c') 6 True
