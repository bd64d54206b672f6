# Sets of characters, and templates with $names.
whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
digits = "0123456789"
hexdigits = "0123456789abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\v\f"


def capwords(s, sep=None):
    return (" " if sep is None else sep).join([word.capitalize() for word in s.split(sep)])


class Template:
    def __init__(self, template):
        self.template = template

    def substitute(self, mapping={}, /, **kws):
        return _substitute(self.template, mapping, kws, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return _substitute(self.template, mapping, kws, True)


def _substitute(text, mapping, kws, safe):
    parts = []
    done = 0
    while True:
        at = text.find("$", done)
        if at < 0:
            return "".join(parts) + text[done:]
        parts.append(text[done:at])
        braced = text[at + 1:at + 2] == "{"
        start = done = at + 2 if braced else at + 1
        while text[done:done + 1].isalnum() and text[done] < "\x80" or text[done:done + 1] == "_":
            done += 1
        name = text[start:done]
        if name[:1].isdigit() or braced and text[done:done + 1] != "}":
            name = ""
        done += braced
        if name:
            if name in kws:
                parts.append(str(kws[name]))
            elif safe and name not in mapping:
                parts.append(text[at:done])
            else:
                parts.append(str(mapping[name]))
        elif text[at:at + 2] == "$$" or safe:
            parts.append("$")
            done = at + 2 if text[at:at + 2] == "$$" else at + 1
        else:
            line = text.count("\n", 0, at) + 1
            raise ValueError(f"Invalid placeholder in string: line {line}, col {at - text.rfind(chr(10), 0, at)}")


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
