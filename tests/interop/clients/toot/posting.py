"""Posts: written in each way, marked, read and deleted."""
import pathlib
import re
import tempfile

from checks import check, same, that
from people import PNG
from terminal import contains, ids, lacks, post, refused, toot


def run():
    made = {}
    with check("toot: a post is written"):
        made["post"] = post("From the *terminal* #prompt")
        contains(toot("thread", made["post"]), "From the terminal #prompt", "@ann")
    with check("toot: a post is read from standard input"):
        contains(toot("post", stdin="Piped in\n"), "Toot posted")
        contains(toot("timeline", "--once", "--count", "1"), "Piped in")
    with check("toot: a warning, a language and a visibility are taken"):
        made["private"] = post("Hidden", "--visibility", "private", "--spoiler-text", "Secret", "--sensitive", "--language", "en")
        lacks(toot("timeline", "--public", "--local", "--once"), "Hidden")
    with check("toot: an answer is under its post"):
        made["answer"] = post("An answer", "--reply-to", made["post"])
        same(ids(toot("thread", made["post"])), [made["post"], made["answer"]], "the thread")
        contains(toot("thread", made["answer"]), f"In reply to {made['post']}")
    with tempfile.TemporaryDirectory() as folder:
        picture = pathlib.Path(folder, "prompt.png")
        picture.write_bytes(PNG)
        with check("toot: a picture is uploaded"):
            printed = toot("upload", str(picture), "--description", "A prompt")
            that(re.search(r"media ID \d+, type 'image'", printed), printed)
        with check("toot: a picture is posted"):
            made["picture"] = post("With a picture", "--media", str(picture), "--description", "A prompt")
            contains(toot("thread", made["picture"]), "Media:", ".png")
    with check("toot: a post for later says when"):
        contains(toot("post", "Much later", "--scheduled-in", "1 hour"), "Toot scheduled for:")
        lacks(toot("timeline", "--once"), "Much later")
    with check("toot: home shows the newest first, and in reverse"):
        newest = ids(toot("timeline", "--once", "--count", "3"))
        same(newest[0], made["picture"], "the first")
        same(ids(toot("timeline", "--once", "--count", "3", "--reverse")), newest[::-1], "the reverse")
    with check("toot: the public timeline holds the post"):
        that(made["post"] in ids(toot("timeline", "--public", "--once")), "it is missing")
    with check("toot: the local timeline holds the post, and nobody else's"):
        printed = toot("timeline", "--public", "--local", "--once")
        that(made["post"] in ids(printed), "it is missing")
        lacks(printed, "@bob@")
    with check("toot: the hashtag's timeline holds that post alone"):
        same(ids(toot("timeline", "--tag", "prompt", "--once")), [made["post"]], "the posts")
    for verb, undo, done, undone in (("favourite", "unfavourite", "favourited", "unfavourited"), ("pin", "unpin", "pinned", "unpinned")):
        with check(f"toot: {verb}"):
            contains(toot(verb, made["post"]), f"Status {done}")
        with check(f"toot: {undo}"):
            contains(toot(undo, made["post"]), f"Status {undone}")
    with check("toot: bookmark, and the list of bookmarks"):
        toot("bookmark", made["post"])
        same(ids(toot("bookmarks", "--once")), [made["post"]], "the bookmarks")
    with check("toot: unbookmark"):
        toot("unbookmark", made["post"])
        same(ids(toot("bookmarks", "--once")), [], "the bookmarks")
    with check("toot: reblog, and who did"):
        contains(toot("reblog", made["post"]), "Status reblogged")
        contains(toot("reblogged_by", made["post"]), "@ann")
    with check("toot: unreblog"):
        contains(toot("unreblog", made["post"]), "Status unreblogged")
        same(toot("reblogged_by", made["post"]), "", "who did")
    with check("toot: delete"):
        contains(toot("delete", made["private"]), "Status deleted")
        refused("Record not found", "thread", made["private"])
    with check("toot: what is not there is not found"):
        refused("Record not found", "favourite", "1")
        refused("ot found", "thread", "nonsense")
    with check("toot: another's post cannot be deleted, and a private one not be boosted"):
        private = post("Between us", "--visibility", "direct")
        refused("", "reblog", private)
        contains(toot("delete", private), "Status deleted")
    with check("toot: an empty post is refused"):
        refused("", "post", "")
    with check("toot: a post that is too long is refused"):
        refused("character limit", "post", "m" * 100_000)
