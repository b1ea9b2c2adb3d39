"""Signing in and out, and who one is."""
import os
import re
import subprocess

from checks import check, that
from people import HOST, shown_code
from terminal import contains, run as run_toot, toot


def run():
    with check("toot: nobody is signed in at first"):
        contains(toot("auth"), "not logged in")
        contains(run_toot("whoami")[1], "logged in")
    with check("toot: it is signed in with a code"):
        login = subprocess.Popen(["toot", "login", "--disable-https", "--instance", HOST], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        for line in login.stdout:
            if "/oauth/authorize" in line:
                printed = login.communicate(f"n\n{shown_code(line.strip())}\n", timeout=30)[0]
                break
        contains(printed, "Successfully logged in")
    with check("toot: the account is the active one"):
        contains(toot("auth"), f"ann@{HOST}", "ACTIVE")
        contains(toot("activate", f"ann@{HOST}"), "active")
    with check("toot: whoami shows the account"):
        printed = toot("whoami")
        contains(printed, "@ann", "Followers:", "/@ann")
        that(re.search(r"ID: \d+", printed), "there is no id")
    with check("toot: the instance is described"):
        contains(toot("instance", "--disable-https", HOST), HOST, "running Mastodon")


def leave():
    with check("toot: it is signed out"):
        contains(toot("logout", f"ann@{HOST}"), "logged out")
        contains(toot("auth"), "not logged in")
