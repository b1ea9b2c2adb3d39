"""Counted checks with a sentence each, and bounded waits, as checks.mjs has them. Plain Python 3, for the interop scripts in it."""
import sys
import time
from contextlib import contextmanager

PATIENCE = 15
_failed = 0


@contextmanager
def check(sentence):
    """Prints what came of the body; the driver counts these lines."""
    global _failed
    try:
        yield
        print(f"ok    {sentence}", flush=True)
    except Exception as failure:
        _failed += 1
        print(f"FAIL  {sentence}\n      {type(failure).__name__}: {failure}", flush=True)


def finish():
    sys.exit(1 if _failed else 0)


def that(condition, reason):
    if not condition:
        raise AssertionError(reason)


def same(actual, expected, what):
    that(actual == expected, f"{what} is {actual!r} and should be {expected!r}")


def refused(kind, work, words=""):
    """Holds that the library raises this kind of error, with these words in it."""
    try:
        work()
    except kind as failure:
        that(words in str(failure), f"the error is: {failure}")
        return
    raise AssertionError(f"it was not refused with {kind.__name__}")


def until(what, ask):
    """Asks until the answer is true, and gives it."""
    end = time.monotonic() + PATIENCE
    while True:
        answer = ask()
        if answer:
            return answer
        that(time.monotonic() < end, f"waited {PATIENCE} s in vain until {what}")
        time.sleep(0.05)
