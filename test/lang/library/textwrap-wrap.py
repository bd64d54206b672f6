from textwrap import fill, wrap

text = "The quick brown fox jumped over the lazy dog, a well-known state-of-the-art sentence with averyverylongwordthatdoesnotfit here."
print(wrap(text, 20))
print(wrap(text, 33))
print(wrap(text, 12, break_long_words=False))
print(wrap("  hello  there ", 8), wrap(""), wrap("a b", 1), wrap("abc", 1))
print(fill("one two three four five", 12, initial_indent="* ", subsequent_indent="  "))
print(repr(fill("a well-known word", 7, break_on_hyphens=False)), repr(fill("a well-known word", 7)))
try:
    wrap("a", 0)
except ValueError as error:
    print(error)
# expect: ['The quick brown fox', 'jumped over the lazy', 'dog, a well-known', 'state-of-the-art', 'sentence with averyv', 'erylongwordthatdoesn', 'otfit here.']
# expect: ['The quick brown fox jumped over', 'the lazy dog, a well-known state-', 'of-the-art sentence with', 'averyverylongwordthatdoesnotfit', 'here.']
# expect: ['The quick', 'brown fox', 'jumped over', 'the lazy', 'dog, a well-', 'known state-', 'of-the-art', 'sentence', 'with', 'averyverylongwordthatdoesnotfit', 'here.']
# expect: ['  hello', 'there'] [] ['a', 'b'] ['a', 'b', 'c']
# expect: * one two
# expect:   three four
# expect:   five
# expect: 'a well-\nknown\nword' 'a well-\nknown\nword'
# expect: invalid width 0 (must be > 0)
