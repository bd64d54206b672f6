from statistics import StatisticsError, geometric_mean, harmonic_mean

print(round(geometric_mean([54, 24, 36]), 9))
print(harmonic_mean([40, 60]), harmonic_mean([40, 60], weights=[5, 30]), harmonic_mean([2.5]), harmonic_mean([0, 1]))
for call in [lambda: geometric_mean([]), lambda: geometric_mean([1, -1]), lambda: harmonic_mean([]), lambda: harmonic_mean([-1, 2])]:
    try:
        call()
    except StatisticsError as error:
        print(error)
# expect: 36.0
# expect: 48.0 56.0 2.5 0
# expect: geometric mean requires a non-empty dataset containing positive numbers
# expect: geometric mean requires a non-empty dataset containing positive numbers
# expect: harmonic_mean requires at least one data point
# expect: harmonic mean does not support negative values
