# Sums are exact: each number is a fraction n / d whose d is a power of two, and only the last division rounds.
from bisect import bisect_left, bisect_right
from collections import namedtuple
from math import exp, isqrt, log, sqrt


class StatisticsError(ValueError):
    pass


# n and d of a number; an infinity or nan is its own n.
def _exact(x):
    if isinstance(x, int):
        return x, 1
    if not isinstance(x, float):
        raise TypeError("can't convert type '" + type(x).__name__ + "' to numerator/denominator")
    d = 1
    if x - x == 0:
        while x % 1:
            x *= 4503599627370496.0
            d <<= 52
        x = int(x)
    return x, d


# Sums of the numbers and of their squares, over d and d * d; how many they are; are all of them integers?
def _sums(data, squares):
    sx = sxx = count = 0
    d = 1
    whole = True
    for x in data:
        n, part = _exact(x)
        whole = whole and isinstance(x, int)
        if part > d:
            sx *= part // d
            sxx *= (part // d) ** 2
            d = part
        else:
            n *= d // part
        sx += n
        if squares:
            sxx += n * n
        count += 1
    return sx, sxx, d, count, whole


# n / d: an integer when it is one and the data were.
def _ratio(n, d, whole):
    return n // d if whole and n % d == 0 else n / d


def _fsum(data):
    sx, _, d, _, _ = _sums(data, False)
    return sx / d


def _sumprod(xs, ys):
    total = 0
    d = 1
    for x, y in zip(xs, ys):
        a, b = _exact(x)
        n, part = _exact(y)
        n *= a
        part *= b
        if part > d:
            total *= part // d
            d = part
        else:
            n *= d // part
        total += n
    return total / d


def _mean(data):
    return _fsum(data) / len(data)


def mean(data):
    sx, _, d, count, whole = _sums(data, False)
    if count == 0:
        raise StatisticsError("mean requires at least one data point")
    return _ratio(sx, d * count, whole)


def fmean(data, weights=None):
    data = list(data)
    if not data and weights is None:
        raise StatisticsError("fmean requires at least one data point")
    if weights is None:
        return _mean(data)
    weights = list(weights)
    if len(data) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    total = _fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return _sumprod(data, weights) / total


def geometric_mean(data):
    try:
        return exp(_mean([log(x) for x in data]))
    except (ValueError, ZeroDivisionError):
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None


def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if weights is None:
        if len(data) == 1:
            if data[0] < 0:
                raise StatisticsError("harmonic mean does not support negative values")
            return data[0]
        weights = [1] * len(data)
    else:
        weights = list(weights)
        if len(data) != len(weights):
            raise StatisticsError("Number of weights does not match data size")
    for x in data + weights:
        if x < 0:
            raise StatisticsError("harmonic mean does not support negative values")
    n, _, d, _, _ = _sums(weights, False)
    try:
        total, _, part, _, _ = _sums([weight / x if weight else 0 for weight, x in zip(weights, data)], False)
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return n * part / (d * total)


def _sorted(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data


def median(data):
    data = _sorted(data)
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def median_low(data):
    data = _sorted(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = _sorted(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    data = _sorted(data)
    x = data[len(data) // 2]
    below = bisect_left(data, x)
    within = bisect_right(data, x, below) - below
    interval = float(interval)
    return float(x) - interval / 2.0 + interval * (len(data) / 2 - below) / within


def _counts(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts


def mode(data):
    counts = _counts(data)
    if not counts:
        raise StatisticsError("no mode for empty data")
    most = max(counts.values())
    for x in counts:
        if counts[x] == most:
            return x


def multimode(data):
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [x for x in counts if counts[x] == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    if len(data) < 2:
        raise StatisticsError("must have at least two data points")
    if method == "inclusive":
        m = len(data) - 1
        shift = 0
    elif method == "exclusive":
        m = len(data) + 1
        shift = 1
    else:
        raise ValueError(f"Unknown method: {method!r}")
    result = []
    for i in range(1, n):
        j = min(max(i * m // n, 1), len(data) - 1) if shift else i * m // n
        delta = i * m - j * n
        result.append((data[j - shift] * (n - delta) + data[j + 1 - shift] * delta) / n)
    return result


# Sum of squares of the distances from the mean, as n and d; how many data; are they integers?
def _spread(data, center):
    if center is not None:
        sx, _, d, count, whole = _sums([(x - center) * (x - center) for x in data], False)
        return sx, d, count, whole
    sx, sxx, d, count, whole = _sums(data, True)
    return count * sxx - sx * sx, d * d * count, count, whole


def variance(data, xbar=None):
    n, d, count, whole = _spread(data, xbar)
    if count < 2:
        raise StatisticsError("variance requires at least two data points")
    return _ratio(n, d * (count - 1), whole)


def pvariance(data, mu=None):
    n, d, count, whole = _spread(data, mu)
    if count < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _ratio(n, d * count, whole)


def stdev(data, xbar=None):
    n, d, count, _ = _spread(data, xbar)
    if count < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _sqrt(n, d * (count - 1))


def pstdev(data, mu=None):
    n, d, count, _ = _spread(data, mu)
    if count < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _sqrt(n, d * count)


# The square root of n / d, rounded once: an integer root of at least 54 bits, odd when it is not exact.
def _sqrt(n, d):
    shift = (n.bit_length() - d.bit_length() - 109) // 2
    if shift >= 0:
        d <<= 2 * shift
    else:
        n <<= -2 * shift
    root = isqrt(n // d)
    if root * root * d != n:
        root |= 1
    return float(root << shift) if shift >= 0 else root / (1 << -shift)


# Both inputs as distances from their means, and the means.
def _center(name, x, y):
    if len(x) != len(y):
        raise StatisticsError(name + " requires that both inputs have same number of data points")
    if len(x) < 2:
        raise StatisticsError(name + " requires at least two data points")
    xbar = _mean(x)
    ybar = _mean(y)
    return [a - xbar for a in x], [b - ybar for b in y], xbar, ybar


def covariance(x, y, /):
    xs, ys, _, _ = _center("covariance", x, y)
    return _sumprod(xs, ys) / (len(x) - 1)


def correlation(x, y, /, *, method="linear"):
    if method not in ("linear", "ranked"):
        raise ValueError(f"Unknown method: {method!r}")
    if method == "ranked":
        x = _ranks(x)
        y = _ranks(y)
    xs, ys, _, _ = _center("correlation", x, y)
    spread = sqrt(_sumprod(xs, xs) * _sumprod(ys, ys))
    if not spread:
        raise StatisticsError("at least one of the inputs is constant")
    return _sumprod(xs, ys) / spread


# Each value's place from 1 in the order of all, equal ones sharing the mean of theirs.
def _ranks(data):
    ordered = sorted(data)
    return [(bisect_left(ordered, x) + bisect_right(ordered, x) + 1) / 2 for x in data]


LinearRegression = namedtuple("LinearRegression", "slope intercept")


def linear_regression(x, y, /, *, proportional=False):
    xs, ys, xbar, ybar = _center("linear regression", x, y)
    if proportional:
        xs = x
        ys = y
    spread = _sumprod(xs, xs)
    if not spread:
        raise StatisticsError("x is constant")
    slope = _sumprod(xs, ys) / spread
    return LinearRegression(slope, 0.0 if proportional else ybar - slope * xbar)
