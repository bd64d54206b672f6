import string

print(string.ascii_letters)  # expect: abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ
print(string.digits, string.hexdigits, string.octdigits)  # expect: 0123456789 0123456789abcdefABCDEF 01234567
print(string.punctuation, repr(string.whitespace), len(string.printable))  # expect: !"#$%&'()*+,-./:;<=>?@[\]^_`{|}~ ' \t\n\r\x0b\x0c' 100
print("k" in string.ascii_lowercase, string.ascii_uppercase[3], string.printable == string.digits + string.ascii_letters + string.punctuation + string.whitespace)  # expect: True D True
