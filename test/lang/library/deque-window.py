from collections import deque


def moving_average(values, n):
    window = deque(maxlen=n)
    for value in values:
        window.append(value)
        if len(window) == n:
            yield sum(window) / n


print(list(moving_average([40, 30, 50, 46, 39, 44], 3)))  # expect: [40.0, 42.0, 45.0, 43.0]
