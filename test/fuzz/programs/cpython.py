"""Runs programs, one JSON line each ({"source": ...}), each in a namespace of its own; answers {"printed": ..., "error": type name or null}."""
import io
import json
import signal
import sys
import warnings

SECONDS_MAX = 2
PRINTED_MAX = 1 << 20


class OutOfTime(BaseException):
    pass


class Output(io.StringIO):
    def write(self, text):
        if self.tell() > PRINTED_MAX:
            raise OutOfTime
        return super().write(text)


def stop(*_):
    raise OutOfTime


def run(source):
    sys.stdout = Output()
    error = None
    signal.setitimer(signal.ITIMER_REAL, SECONDS_MAX)
    try:
        exec(compile(source, "program.py", "exec"), {"__name__": "__main__", "__builtins__": __builtins__})
    except SyntaxError as e:
        error = f"SyntaxError: {e.msg}, line {e.lineno}"
    except BaseException as e:
        error = type(e).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"printed": sys.stdout.getvalue(), "error": error}


def main():
    answers = sys.stdout
    signal.signal(signal.SIGALRM, stop)
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None
    for line in sys.stdin:
        answer = run(json.loads(line)["source"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


main()
