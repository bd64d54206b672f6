from textwrap import indent

print(repr(indent("a\n\nb", "> ")), repr(indent("a\n\nb\n", "> ", lambda line: True)))  # expect: '> a\n\n> b' '> a\n> \n> b\n'
print(repr(indent("x\ny", "  ", lambda line: "x" in line)), repr(indent("", "> ")))  # expect: '  x\ny' ''
