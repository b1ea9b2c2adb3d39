"""Runs toot's commands."""
import re
import subprocess

from checks import that


def run(*arguments, stdin=None):
    """Gives the exit code, and what was printed, errors too."""
    done = subprocess.run(["toot", *arguments], input=stdin, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def toot(*arguments, stdin=None):
    """Gives what was printed by a command that must go well."""
    code, printed = run(*arguments, stdin=stdin)
    that(code == 0 and "Traceback" not in printed, f"toot {' '.join(arguments)} ended with {code}: {printed[-300:]}")
    return printed


def refused(words, *arguments):
    code, printed = run(*arguments)
    that(words in printed and "Traceback" not in printed, f"toot {' '.join(arguments)} printed: {printed[-300:]}")
    that(code != 0, "it passed for a success")


def post(*arguments):
    """Posts, and gives the id at the end of the address that toot prints."""
    return re.search(r"Toot posted: \S+/(\d+)", toot("post", *arguments))[1]


def ids(printed):
    return re.findall(r"^ID (\d+)", printed, re.MULTILINE)


def contains(printed, *words):
    for word in words:
        that(word in printed, f"{word!r} is not in: {printed[-400:]}")


def lacks(printed, *words):
    for word in words:
        that(word not in printed, f"{word!r} is in: {printed[-400:]}")
