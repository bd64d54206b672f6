# What a sensor's function does with a window of readings.
from collections import deque
from statistics import fmean, pstdev

window = deque(maxlen=5)


def judge(value):
    window.append(value)
    if len(window) < 3:
        return None
    center, spread = fmean(window), pstdev(window)
    return abs(value - center) > 1.5 * spread


print([judge(value) for value in [1.0, 1.1, 0.9, 1.0, 5.0, 1.0]])  # expect: [None, None, False, False, True, False]
