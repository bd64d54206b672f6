import heapq

heap = [5, 2, 8, 1, 9, 3]
heapq.heapify(heap)
print(heap)  # expect: [1, 2, 3, 5, 9, 8]
heapq.heappush(heap, 0)
print(heap, heapq.heappop(heap), heap)  # expect: [1, 2, 3, 5, 9, 8] 0 [1, 2, 3, 5, 9, 8]
print([heapq.heappop(heap) for _ in range(len(heap))], heap)  # expect: [1, 2, 3, 5, 8, 9] []
try:
    heapq.heappop(heap)
except IndexError:
    print("empty")  # expect: empty
