class Tags(set):
    def add_all(self, *tags):
        self.update(tags)
        return self


t = Tags(["a"]).add_all("b", "a")
print(sorted(t), len(t), "b" in t, t == {"a", "b"}, t | {"c"} == {"a", "b", "c"}, isinstance(t, set))  # expect: ['a', 'b'] 2 True True True True
print(Tags([1]), Tags())  # expect: Tags({1}) Tags()
