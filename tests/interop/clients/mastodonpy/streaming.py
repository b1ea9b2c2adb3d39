"""Streams as server-sent events."""
from people import HOST, bob
from checks import check, same, that, until
from mastodon import StreamListener


class Told(StreamListener):
    def __init__(self):
        self.events = []

    def __getattribute__(self, name):
        # Every on_something(payload) that the library looks for is noted under its name.
        if name.startswith("on_") and name not in ("on_abort", "on_unknown_event"):
            return lambda payload=None: self.events.append((name[3:], payload))
        return super().__getattribute__(name)

    def has(self, event, wanted=lambda payload: True):
        return until(f"{event} is told", lambda: [p or True for e, p in self.events if e == event and wanted(p)])


def run(api):
    user, public, tag = Told(), Told(), Told()
    handles = [api.stream_user(user, run_async=True), api.stream_public(public, run_async=True), api.stream_hashtag("spark", tag, run_async=True)]
    with check("Mastodon.py: streaming is healthy, and three streams open"):
        that(api.stream_healthy(), "it is not")
        until("they receive", lambda: all(handle.is_receiving() for handle in handles))
        until("they hear a post", lambda: api.status_post("Is it plugged in? #spark") and all(any(e == "update" for e, _ in t.events) for t in (user, public, tag)))
    with check("Mastodon.py: a post, its edit and its end are streamed"):
        post = api.status_post("Sparks #spark")
        for told in (user, public, tag):
            told.has("update", lambda status: status.id == post.id)
        api.status_update(post.id, "Embers #spark")
        that("Embers" in user.has("status_update", lambda status: status.id == post.id)[0].content, "the text is old")
        api.status_delete(post.id)
        user.has("delete", lambda id: str(id) == str(post.id))
    with check("Mastodon.py: what others do is streamed"):
        theirs = bob("POST", "/api/v1/statuses", status=f"@ann@{HOST} fire!")
        same(user.has("notification", lambda n: n.type == "mention")[0].account.id, api.other.id, "who")
        public.has("update", lambda status: status.uri == theirs["uri"])
        that(not any(e == "update" and p.uri == theirs["uri"] for e, p in tag.events), "it is told of a hashtag that it has not")
    for handle in handles:
        handle.close()
