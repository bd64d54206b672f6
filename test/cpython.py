"""Runs programs one after another, each in a process of its own that is forked from this one: python3 test/cpython.py PROGRAM...

Prints a JSON array with what each wrote to its standard output and error, in order."""
import json
import os
import sys
import types
import warnings


def run(path):
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    sys.path[0] = os.path.dirname(path)
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)


def output_of(path):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, 1)
        os.dup2(write, 2)
        os.close(read)
        code = 0
        try:
            run(path)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            code = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    os.close(write)
    with open(read, encoding="utf-8") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return text


warnings.simplefilter("ignore")
json.dump([output_of(path) for path in sys.argv[1:]], sys.stdout)
