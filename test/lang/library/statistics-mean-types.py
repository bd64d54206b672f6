from statistics import mean

print(mean([float("inf"), 1]), mean([float("nan"), 1]))  # expect: inf nan
try:
    mean(["a"])
except TypeError as error:
    print(error)  # expect: can't convert type 'str' to numerator/denominator
print(mean([3]), type(mean([1, 2])).__name__, type(mean([2, 4])).__name__)  # expect: 3 float int
