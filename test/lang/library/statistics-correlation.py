from statistics import StatisticsError, correlation, covariance

x = [1, 2, 3, 4, 5, 6, 7, 8, 9]
y = [9, 8, 7, 6, 5, 4, 3, 2, 1]
print(covariance(x, [1, 2, 3, 1, 2, 3, 1, 2, 3]), covariance(x, y), correlation(x, x), correlation(x, y))
for call in [lambda: covariance([1], [1]), lambda: correlation([1, 2], [1]), lambda: correlation([1, 1], [1, 2])]:
    try:
        call()
    except StatisticsError as error:
        print(error)
# expect: 0.75 -7.5 1.0 -1.0
# expect: covariance requires at least two data points
# expect: correlation requires that both inputs have same number of data points
# expect: at least one of the inputs is constant
