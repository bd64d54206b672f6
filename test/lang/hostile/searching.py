# Texts that are hard to search: what is wanted is nearly everywhere.
text = "ab" * 300
wanted = "ab" * 20 + "b"
print(text.find(wanted), text.rfind(wanted), text.count(wanted), wanted in text, (text + wanted).find(wanted), (wanted + text).rfind(wanted))
a = "a" * 500
print(a.find("a" * 100), a.rfind("a" * 100), a.count("a" * 99), a.find("a" * 99 + "b"), ("b" + a).find("b" + "a" * 400), (a + "b").rfind("a" * 400 + "b"))
print(len(a.replace("a" * 30, "-")), a.split("a" * 40)[-1], (a + "x").rsplit("a" * 40, 1), (b"a" * 99 + b"b").find(b"a" * 50 + b"b"))
fibonacci = ["b", "a"]
for i in range(10):
    fibonacci.append(fibonacci[-1] + fibonacci[-2])
word = fibonacci[-1]
print(len(word), [word.find(w) for w in fibonacci[6:]], [word.rfind(w) for w in fibonacci[6:]], [word.count(w) for w in fibonacci[6:]])
print([word.find(w + "b") for w in fibonacci[6:]], [word.rfind("b" + w) for w in fibonacci[6:]], [word.find(word[i:]) for i in range(0, 120, 20)])
# expect: -1 -1 0 False 600 0
# expect: 0 400 5 -1 0 100
# expect: 36 aaaaaaaaaaaaaaaaaaaa ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x'] 49
# expect: 144 [0, 0, 0, 0, 0, 0] [123, 123, 89, 89, 0, 0] [8, 5, 3, 2, 1, 1]
# expect: [-1, -1, -1, -1, -1, -1] [122, 122, 88, 88, -1, -1] [0, 20, 40, 60, 80, 11]
