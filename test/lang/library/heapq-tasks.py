import heapq

tasks = []
for priority, name in [(3, "sleep"), (1, "wake"), (2, "read"), (1, "alarm")]:
    heapq.heappush(tasks, (priority, name))
while tasks:
    print(*heapq.heappop(tasks))
# expect: 1 alarm
# expect: 1 wake
# expect: 2 read
# expect: 3 sleep
