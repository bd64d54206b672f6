from textwrap import dedent

text = """
    def f():
        return 1

    print(f())
"""
print(repr(dedent(text)))  # expect: '\ndef f():\n    return 1\n\nprint(f())\n'
print(repr(dedent("\ta\n\t b\n")), repr(dedent("  a\n\tb")), repr(dedent("  a\n   \n b")), repr(dedent("")))  # expect: 'a\n b\n' '  a\n\tb' ' a\n\nb' ''
