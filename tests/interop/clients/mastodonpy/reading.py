"""Timelines, threads, conversations, search."""
from people import BOB_ACCT, bob
from checks import check, same, that, until


def run(api):
    with check("Mastodon.py: home pages down and up by links"):
        page = api.timeline_home(limit=2)
        older = api.fetch_next(page)
        that(len(page) == 2 and older[0].id < page[1].id, "the order")
        same([s.id for s in api.fetch_previous(older)], [s.id for s in page], "the page above")
    with check("Mastodon.py: all pages hold each post once"):
        posts = [s.id for s in api.fetch_remaining(api.account_statuses(api.me(), limit=40))]
        same(len(posts), len(set(posts)), "posts met once")
        that(api.post.id in posts, "one is missing")
    with check("Mastodon.py: public, local and hashtag timelines hold the post"):
        for posts in (api.timeline_public(), api.timeline_local(), api.timeline_hashtag("shed")):
            that(any(s.id == api.post.id for s in posts), "it is missing")
        that(all(s.account.id == api.other.id for s in api.timeline_public(remote=True)), "one's own is remote")
    with check("Mastodon.py: what they write comes home"):
        theirs = bob("POST", "/api/v1/statuses", status="The saw is back")
        until("it is there", lambda: any(s.uri == theirs["uri"] for s in api.timeline_home()))
    with check("Mastodon.py: the thread has both answers"):
        answer = api.status_context(api.post.id).descendants[0]
        mine = api.status_reply(answer, "Sharpen it")
        that("@bob" in mine.content, "the answer names nobody")
        same([s.id for s in api.status_context(mine.id).ancestors], [api.post.id, answer.id], "what was before")
    with check("Mastodon.py: a direct post makes a conversation"):
        direct = api.status_post(f"@{BOB_ACCT} the key is under the mat", visibility="direct")
        conversation = api.conversations()[0]
        same(conversation.last_status.id, direct.id, "the last post")
        that(not api.conversations_read(conversation.id).unread, "it is unread")
    with check("Mastodon.py: words, hashtags and people are found"):
        until("the post is indexed", lambda: any(s.id == api.post.id for s in api.search_v2("spade from:me", result_type="statuses").statuses))
        same(api.search("shed", result_type="hashtags").hashtags[0].name, "shed", "the hashtag")
        same(len(api.search_v2("nothinglikethis").statuses), 0, "what nobody wrote")
    with check("Mastodon.py: directory, trends and suggestions answer"):
        that(any(a.username == "ann" for a in api.directory(local=True)), "Ann is not in the directory")
        that(all(len(t.history) == 7 for t in api.trending_tags()), "a trend without its week")
        that(isinstance(api.suggestions(), list) and isinstance(api.trending_links(), list), "no list")
        same(len(api.custom_emojis()) + len(api.announcements()), 0, "emoji and announcements")
