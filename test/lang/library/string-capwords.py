from string import capwords

print(capwords("  hello   wORLD "), capwords("a-b c", "-"), repr(capwords("")))  # expect: Hello World A-B c ''
