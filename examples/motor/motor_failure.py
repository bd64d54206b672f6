"""Tells a failing motor from a healthy one by its vibration.

The window of recent readings is compared with readings of the healthy motor by the two-sample Kolmogorov-Smirnov
statistic: the largest distance between the two empirical distribution functions (0 alike .. 1 apart).
"""

from reference import HEALTHY

WINDOW = 32
# Two samples of 32 from one distribution differ by more than 0.5 with probability 0.00017 (exact, by counting paths).
THRESHOLD = 0.5


def ks_statistic(sample, reference):
    """Largest distance between the empirical distribution functions of two lists of numbers."""
    a = sorted(sample)
    b = sorted(reference)
    i = 0
    j = 0
    largest = 0.0
    while i < len(a) and j < len(b):
        x = a[i]
        y = b[j]
        if x <= y:
            i += 1
        if y <= x:
            j += 1
        distance = abs(i / len(a) - j / len(b))
        if distance > largest:
            largest = distance
    return largest


def handler(event, context):
    """Verdict on event["window"], the newest readings of the vibration log, oldest first."""
    window = event["window"]
    if len(window) < WINDOW:
        return {"verdict": "filling", "readings": len(window)}
    statistic = ks_statistic(window[-WINDOW:], HEALTHY)
    return {
        "verdict": "failing" if statistic > THRESHOLD else "healthy",
        "statistic": statistic,
        "vibration": window[-1],
    }
