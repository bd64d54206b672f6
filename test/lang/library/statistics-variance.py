from statistics import StatisticsError, pvariance, variance

print(variance([1, 2, 3, 4]), variance([1, 3, 5]), variance([0.1, 0.2, 0.4]), pvariance([1, 2, 3, 4]), pvariance([7]))
print(variance([1e9, 1e9 + 1, 1e9 + 2]), pvariance([2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5]))
print(variance([1, 2, 4], 2), pvariance([1.5, 2.5], mu=2.0))
for call in [lambda: variance([1]), lambda: pvariance([])]:
    try:
        call()
    except StatisticsError as error:
        print(error)
# expect: 1.6666666666666667 4 0.023333333333333334 1.25 0
# expect: 1.0 1.1760204081632653
# expect: 2.5 0.25
# expect: variance requires at least two data points
# expect: pvariance requires at least one data point
