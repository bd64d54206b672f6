# A full arena is the function's MemoryError, and what was freed can be used again.
# not on CPython: it would take all memory of the machine
def fill():
    data = []
    while True:
        data.append("x" * 1000 + str(len(data)))

for i in range(2):
    try:
        fill()
    except MemoryError as e:
        print(i, type(e).__name__)
print(len([0] * 100))
try:
    "x" * (1 << 29)
except (MemoryError, OverflowError) as e:
    print("too large")

# expect: 0 MemoryError
# expect: 1 MemoryError
# expect: 100
# expect: too large
# not on posix-stress: filling a memory takes a collection for each object
