"""The other person, and hashtags."""
from checks import check, same, that, until
from people import ANN, BOB_ACCT, BOB_ACTOR, HOST, bob, seen_by_bob
from terminal import contains, ids, lacks, post, refused, toot


def run():
    with check("toot: somebody is searched for by their address"):
        contains(toot("search", "--resolve", BOB_ACTOR), f"@{BOB_ACCT}")
        contains(toot("search", "nobody-of-this-name"), "Nothing found")
    with check("toot: a hashtag is searched for"):
        contains(toot("search", "prompt"), "#prompt")
    with check("toot: whois shows them"):
        contains(toot("whois", BOB_ACCT), f"@{BOB_ACCT}", "Followers:", "/@bob")
        refused("Account not found", "whois", "nobody-of-this-name")
    with check("toot: unfollow"):
        contains(toot("unfollow", BOB_ACCT), "no longer following")
        lacks(toot("following", "ann"), BOB_ACCT)
    with check("toot: follow"):
        contains(toot("follow", BOB_ACCT), "now following")
        until("it is accepted", lambda: BOB_ACCT in toot("following", "ann"))
    with check("toot: followers"):
        ann = seen_by_bob("accounts", ANN + "/users/ann")
        bob("POST", f"/api/v1/accounts/{ann}/follow")
        until("they are one", lambda: BOB_ACCT in toot("followers", "ann"))
    with check("toot: what they write comes home"):
        bob("POST", "/api/v1/statuses", status="Hello, terminal")
        until("it is there", lambda: "Hello, terminal" in toot("timeline", "--once"))
    with check("toot: notifications tell what they did"):
        toot("notifications", "--clear")
        there = seen_by_bob("statuses", f"{ANN}/users/ann/statuses/{post('Do something')}")
        for verb in ("favourite", "reblog"):
            bob("POST", f"/api/v1/statuses/{there}/{verb}")
        bob("POST", "/api/v1/statuses", status=f"@ann@{HOST} done", in_reply_to_id=there)
        words = (f"@{BOB_ACCT} favourited your status", f"@{BOB_ACCT} reblogged your status", f"@{BOB_ACCT} mentioned you in")
        until("all three are there", lambda: all(word in toot("notifications") for word in words))
    with check("toot: mentions alone"):
        printed = toot("notifications", "--mentions")
        contains(printed, "mentioned you in")
        lacks(printed, "favourited", "reblogged")
    with check("toot: the oldest first"):
        same(ids(toot("notifications", "--reverse")), ids(toot("notifications"))[::-1], "the order")
    with check("toot: notifications are cleared"):
        contains(toot("notifications", "--clear"), "Cleared")
        contains(toot("notifications"), "No notification")
    with check("toot: mute"):
        contains(toot("mute", BOB_ACCT), "muted")
        lacks(toot("timeline", "--once"), "Hello, terminal")
    with check("toot: unmute"):
        contains(toot("unmute", BOB_ACCT), "no longer muted")
        until("their posts are back", lambda: "Hello, terminal" in toot("timeline", "--once", "--count", "20"))
    with check("toot: tags_follow, and the list"):
        contains(toot("tags_follow", "#prompt"), "now following #prompt")
        contains(toot("tags_followed"), "#prompt")
    with check("toot: tags_unfollow"):
        contains(toot("tags_unfollow", "prompt"), "no longer following #prompt")
        contains(toot("tags_followed"), "not following any")
    with check("toot: block"):
        contains(toot("block", BOB_ACCT), "blocking")
        lacks(toot("following", "ann"), BOB_ACCT)
    with check("toot: unblock"):
        contains(toot("unblock", BOB_ACCT), "no longer blocked")
        that(BOB_ACCT not in toot("followers", "ann"), "they still follow")
