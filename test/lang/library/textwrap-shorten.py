from textwrap import shorten

print(shorten("Hello  world!", width=12), shorten("Hello  world!", width=11))  # expect: Hello world! Hello [...]
print(shorten("Hello world", width=10, placeholder="..."), shorten("abcdefghijkl", 6))  # expect: Hello... [...]
try:
    shorten("Hello world", 3)
except ValueError as error:
    print(error)  # expect: placeholder too large for max width
