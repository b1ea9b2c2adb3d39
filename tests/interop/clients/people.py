"""The two Calves of the driver, and what the person on the other side does, with requests alone."""
import base64
import os
import pathlib
import re
import subprocess
import sys

import requests

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "support"))

PNG = base64.b64decode(re.search(r'"(iVBOR[^"]+)"', (HERE / "picture.mjs").read_text())[1])
ANN, BOB = os.environ["ANN"], os.environ["BOB"]
HOST, BOB_ACTOR = ANN.split("//")[1], BOB + "/users/bob"
BOB_ACCT = "bob@" + BOB.split("//")[1]


def bob(method, path, **parameters):
    response = requests.request(method, BOB + path, json=parameters or None, timeout=30, headers={"Authorization": "Bearer " + os.environ["BOB_TOKEN"]})
    response.raise_for_status()
    return response.json()


def seen_by_bob(kind, uri):
    found = requests.get(BOB + "/api/v2/search", params={"q": uri, "resolve": "true"}, timeout=30, headers={"Authorization": "Bearer " + os.environ["BOB_TOKEN"]})
    return found.json()[kind][0]["id"]


def shown_code(address):
    """Lets an app in at the sign-in and consent pages, and gives the code that the last page shows."""
    answer = subprocess.run([os.environ["NODE"], str(HERE / "shown-code.mjs"), ANN, "ann", address], capture_output=True, text=True, check=True)
    return answer.stdout.strip()
