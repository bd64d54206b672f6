from itertools import islice

for arguments in [(-1,), (0, -3), (0, 1, 0), ("a",)]:
    try:
        islice("abc", *arguments)
    except ValueError as error:
        print(error)
# expect: Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: Step for islice() must be a positive integer or None.
# expect: Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
