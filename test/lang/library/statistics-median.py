from statistics import StatisticsError, median, median_grouped, median_high, median_low

print(median([1, 3, 5]), median([1, 3, 5, 7]), median([2.5]), median([1, 2]))  # expect: 3 4.0 2.5 1.5
print(median_low([1, 3, 5, 7]), median_high([1, 3, 5, 7]), median_low("bca"))  # expect: 3 5 b
print(median_grouped([1, 2, 2, 3, 4, 4, 4, 4, 4, 5]), median_grouped([52, 52, 53, 54]), median_grouped([1, 3, 3, 5, 7], interval=2))  # expect: 3.7 52.5 3.5
try:
    median([])
except StatisticsError as error:
    print(error)  # expect: no median for empty data
