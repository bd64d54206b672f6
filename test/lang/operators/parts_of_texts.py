# partition and rpartition where the separator is not there; bytes.replace of nothing.
sep = "x"
for text in ["ab", "", "\\A\\B", "axbxc"]:
    print(text.partition(sep), text.rpartition(sep))
print(b"abc".replace(b"", b"-"), b"".replace(b"", b"-"), b"abc".replace(b"", b"--", 2), b"abc".replace(b"", b""))
# expect: ('ab', '', '') ('', '', 'ab')
# expect: ('', '', '') ('', '', '')
# expect: ('\\A\\B', '', '') ('', '', '\\A\\B')
# expect: ('a', 'x', 'bxc') ('axb', 'x', 'c')
# expect: b'-a-b-c-' b'-' b'--a--bc' b'abc'
