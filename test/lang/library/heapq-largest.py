from heapq import nlargest, nsmallest

data = [5, 1, 9, 3, 7]
print(nlargest(2, data), nsmallest(3, data), nlargest(0, data), nsmallest(99, data))  # expect: [9, 7] [1, 3, 5] [] [1, 3, 5, 7, 9]
print(nlargest(2, ["a", "bbb", "cc", "dd"], key=len), nsmallest(2, ["ccc", "bb", "aa"], key=len))  # expect: ['bbb', 'cc'] ['bb', 'aa']
print(nlargest(-1, data), nsmallest(1, (x * 2 for x in data)))  # expect: [] [2]
