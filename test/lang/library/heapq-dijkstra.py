import heapq

graph = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}}
best = {"a": 0}
queue = [(0, "a")]
while queue:
    cost, node = heapq.heappop(queue)
    if cost > best[node]:
        continue
    for other, step in graph[node].items():
        if cost + step < best.get(other, 10**9):
            best[other] = cost + step
            heapq.heappush(queue, (cost + step, other))
print(best)  # expect: {'a': 0, 'b': 4, 'c': 3, 'd': 6}
