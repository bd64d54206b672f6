from statistics import StatisticsError, pstdev, stdev

print(stdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75]), pstdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75]))  # expect: 1.0810874155219827 0.986893273527251
print(stdev([2, 4, 4, 4, 5, 5, 7, 9]), pstdev([2, 4, 4, 4, 5, 5, 7, 9]), stdev([1, 1]), pstdev([1e-200, 3e-200]))  # expect: 2.138089935299395 2.0 0.0 1e-200
print(stdev([0.1, 0.2, 0.3], 0.2), pstdev([1e200, 2e200]), stdev([10**30, 10**30 + 1]))  # expect: 0.09999999999999999 5e+199 0.7071067811865476
try:
    stdev([1])
except StatisticsError as error:
    print(error)  # expect: stdev requires at least two data points
