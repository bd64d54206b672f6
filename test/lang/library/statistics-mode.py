from statistics import StatisticsError, mode, multimode

print(mode([1, 1, 2, 3, 3, 3]), mode(["red", "blue", "blue", "red"]), mode("abcb"))  # expect: 3 red b
print(multimode("aabbbbccddddeeffffgg"), multimode([]), multimode([1, 2]))  # expect: ['b', 'd', 'f'] [] [1, 2]
try:
    mode([])
except StatisticsError as error:
    print(error)  # expect: no mode for empty data
