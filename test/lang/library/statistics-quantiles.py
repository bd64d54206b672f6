from statistics import StatisticsError, quantiles

print(quantiles([1, 2, 3, 4]), quantiles([1, 5, 2, 3.5], n=3), quantiles([1, 2], n=5))
print(quantiles(range(10), n=10, method="inclusive"), quantiles(range(11), n=1))
for call in [lambda: quantiles([1]), lambda: quantiles([1, 2], n=0)]:
    try:
        call()
    except StatisticsError as error:
        print(error)
try:
    quantiles([1, 2], method="other")
except ValueError as error:
    print(error)
# expect: [1.25, 2.5, 3.75] [1.6666666666666667, 4.0] [0.6, 1.2, 1.8, 2.4]
# expect: [0.9, 1.8, 2.7, 3.6, 4.5, 5.4, 6.3, 7.2, 8.1] []
# expect: must have at least two data points
# expect: n must be at least 1
# expect: Unknown method: 'other'
