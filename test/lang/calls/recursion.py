# Deep recursion is an exception that can be handled, again and again.
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)

print(down(500))

def forever():
    return forever()

for i in range(3):
    try:
        forever()
    except RecursionError as e:
        print(i, type(e).__name__)
print(down(700))

def even(n):
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)

print(even(300), odd(300))

# expect: 500
# expect: 0 RecursionError
# expect: 1 RecursionError
# expect: 2 RecursionError
# expect: 700
# expect: True False
