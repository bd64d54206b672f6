from statistics import StatisticsError, fmean, mean

print(mean([1, 2, 3, 4]), mean([1, 2, 3]), mean([1.5, 2.25, 0.1]), mean([0.1] * 10))
print(mean([True, False, True]), mean([1, 2.0]), mean(x for x in range(5)))
print(mean([1e16, 1.0, -1e16]), mean([1e-300, 1e300, 3]), mean([5e-324, 1.0]), mean([2**80, 1]))
print(fmean([1, 2, 3]), fmean([0.1, 0.2, 0.3]), fmean([1, 2, 3], [3, 1, 1]))
for call in [lambda: mean([]), lambda: fmean([]), lambda: fmean([1], [0])]:
    try:
        call()
    except StatisticsError as error:
        print(error)
# expect: 2.5 2 1.2833333333333334 0.1
# expect: 0.6666666666666666 1.5 2
# expect: 0.3333333333333333 3.3333333333333335e+299 0.5 6.044629098073146e+23
# expect: 2.0 0.19999999999999998 1.6
# expect: mean requires at least one data point
# expect: fmean requires at least one data point
# expect: sum of weights must be non-zero
