"""Writes reference.py from a recording of the healthy motor (CPython): python3 learn.py READINGS.csv

READINGS.csv holds one reading a line (its last column), after a header. 32 of them, evenly spread, become the reference.
"""

import csv
import sys

SIZE = 32


def learn(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    readings = [float(row[-1]) for row in rows]
    if len(readings) < SIZE:
        sys.exit(f"{path} holds {len(readings)} readings; {SIZE} are needed")
    chosen = [round(readings[i * len(readings) // SIZE], 5) for i in range(SIZE)]
    lines = ["    " + ", ".join(map(str, chosen[k:k + 8])) + ",\n" for k in range(0, SIZE, 8)]
    with open("reference.py", "w") as file:
        file.write(f'"""Readings of the healthy motor, in g: what motor_failure compares with. Made by learn.py from {path}."""\n\n')
        file.write("HEALTHY = (\n" + "".join(lines) + ")\n")


if __name__ == "__main__":
    learn(sys.argv[1])
