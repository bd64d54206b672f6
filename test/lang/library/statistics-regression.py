from statistics import StatisticsError, linear_regression

year = [1971, 1975, 1979, 1982, 1983]
films = [1, 2, 3, 4, 5]
slope, intercept = linear_regression(year, films)
print(round(slope * 2019 + intercept), linear_regression([1, 2, 3], [2, 4, 6]), linear_regression([1, 2, 4], [3, 5, 9]).slope)
print(linear_regression([1, 2, 3], [2, 4, 6.5], proportional=True).intercept)
for call in [lambda: linear_regression([1], [2]), lambda: linear_regression([1, 1], [2, 3]), lambda: linear_regression([1, 2], [1])]:
    try:
        call()
    except StatisticsError as error:
        print(error)
# expect: 16 LinearRegression(slope=2.0, intercept=0.0) 2.0
# expect: 0.0
# expect: linear regression requires at least two data points
# expect: x is constant
# expect: linear regression requires that both inputs have same number of data points
