from heapq import heappushpop, heapreplace

heap = [1, 3, 2]
print(heapreplace(heap, 9), heap)  # expect: 1 [2, 3, 9]
print(heappushpop(heap, 0), heap)  # expect: 0 [2, 3, 9]
print(heappushpop(heap, 5), heap)  # expect: 2 [3, 5, 9]
print(heappushpop([], 1))  # expect: 1
