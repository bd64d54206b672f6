from string import Template

print(Template("$who likes ${what}s for $$5").substitute(who="tim", what="cake"))
print(Template("$a$b _$_x").substitute({"a": 1, "b": 2, "_x": 3}), Template("$a").substitute({"a": 1}, a=2))
print(Template("$a $b $$ $").safe_substitute({"a": 1}), Template("x$y").template)
for text in ["$", "a\n $1", "${a", "${}"]:
    try:
        Template(text).substitute(a=1)
    except ValueError as error:
        print(error)
try:
    Template("$x").substitute(a=1)
except KeyError as error:
    print("KeyError", error)
# expect: tim likes cakes for $5
# expect: 12 _3 2
# expect: 1 $b $ $ x$y
# expect: Invalid placeholder in string: line 1, col 1
# expect: Invalid placeholder in string: line 2, col 2
# expect: Invalid placeholder in string: line 1, col 1
# expect: Invalid placeholder in string: line 1, col 1
# expect: KeyError 'x'
