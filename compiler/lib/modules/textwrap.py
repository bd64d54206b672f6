# Text of several lines.


def dedent(text):
    lines = text.split("\n")
    margin = None
    for i, line in enumerate(lines):
        content = line.lstrip(" \t")
        if not content:
            lines[i] = ""
            continue
        indent = line[:len(line) - len(content)]
        if margin is None:
            margin = indent
        while not indent.startswith(margin):
            margin = margin[:-1]
    return "\n".join([line[len(margin):] if line else line for line in lines])


def indent(text, prefix, predicate=None):
    return "".join([prefix + line if (line.strip() if predicate is None else predicate(line)) else line for line in text.splitlines(True)])


def fill(text, width=70, *, initial_indent="", subsequent_indent="", break_long_words=True, break_on_hyphens=True):
    return "\n".join(_wrap(text, width, initial_indent, subsequent_indent, break_long_words, break_on_hyphens))


def wrap(text, width=70, *, initial_indent="", subsequent_indent="", break_long_words=True, break_on_hyphens=True):
    return _wrap(text, width, initial_indent, subsequent_indent, break_long_words, break_on_hyphens)


def _wrap(text, width, initial_indent, subsequent_indent, break_long_words, break_on_hyphens):
    if width <= 0:
        raise ValueError(f"invalid width {width!r} (must be > 0)")
    lines = []
    line = initial_indent
    used = len(line)  # without the spaces at its end
    empty = True
    for chunk in _chunks(text.replace("\t", " "), break_on_hyphens):
        if chunk.isspace():
            if not empty or not lines and used == len(line):
                line += " " * len(chunk)
            continue
        while len(line) + len(chunk) > width:
            room = max(width - len(line), 1)
            if empty or break_long_words and len(chunk) > width - len(subsequent_indent) and len(line) < width:
                if not break_long_words:
                    break
                line += chunk[:room]
                chunk = chunk[room:]
                used = len(line)
            lines.append(line[:used])
            line = subsequent_indent
            used = len(line)
            empty = True
        if chunk:
            line += chunk
            used = len(line)
            empty = False
    if not empty:
        lines.append(line[:used])
    return lines


# Runs of white space and of other characters; these end after a hyphen between letters too.
def _chunks(text, break_on_hyphens):
    start = 0
    for i in range(1, len(text) + 1):
        last = text[i - 1]
        if i == len(text) or last.isspace() != text[i].isspace() or break_on_hyphens and last == "-" and _hyphenates(text, i):
            yield text[start:i]
            start = i


# Two letters before the hyphen at i - 1, two behind it, counting past one more hyphen.
def _hyphenates(text, i):
    around = text[max(i - 4, 0):i - 1].replace("-", "")[-2:] + text[i:i + 3].replace("-", "")[:2]
    return len(around) == 4 and around.isalpha() and text[i - 2] != "-" and text[i] != "-"


def shorten(text, width, *, placeholder=" [...]"):
    words = text.split()
    text = " ".join(words)
    if len(text) <= width:
        return text
    if len(placeholder.lstrip()) > width:
        raise ValueError("placeholder too large for max width")
    while words:
        words.pop()
        text = " ".join(words) + placeholder
        if len(text) <= width and words:
            return text
    return placeholder.lstrip()
