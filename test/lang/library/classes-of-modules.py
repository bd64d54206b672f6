import collections
import string


class History(collections.deque):
    def append(self, x):
        super().append(x)
        print("appended", x)


class Words(collections.Counter):
    def most(self):
        return self.most_common(1)[0][0]


class Shout(string.Template):
    def shout(self, **names):
        return self.substitute(**names).upper()


h = History([1], maxlen=2)
h.append(2)  # expect: appended 2
h.append(3)  # expect: appended 3
print(list(h), isinstance(h, collections.deque), Words("hello").most(), Shout("hi $name").shout(name="ann"))  # expect: [2, 3] True l HI ANN
