"""The other person, and what they do."""
from people import ANN, BOB_ACCT, BOB_ACTOR, HOST, bob, seen_by_bob
from checks import check, same, that, until


def run(api):
    def relation():
        return api.account_relationships(api.other)[0]

    with check("Mastodon.py: somebody is searched for by their address"):
        api.other = api.search_v2(BOB_ACTOR, result_type="accounts").accounts[0]
        same(api.other.acct, BOB_ACCT, "the address")
    with check("Mastodon.py: they are found by name and by address"):
        same(api.account_search("bob")[0].id, api.other.id, "by name")
        same(api.account_lookup(BOB_ACCT).id, api.other.id, "by address")
        same(api.account(api.other).username, "bob", "the name")
    with check("Mastodon.py: they are followed"):
        api.account_follow(api.other, reblogs=False, notify=True)
        until("it is accepted", lambda: relation().following)
        same([relation().showing_reblogs, relation().notifying], [False, True], "what is shown")
        same(api.account_following(api.me())[0].id, api.other.id, "the one followed")
    with check("Mastodon.py: they are muted, and not"):
        that(api.account_mute(api.other, duration=60).muting, "they are not")
        same(api.mutes()[0].id, api.other.id, "the list")
        that(not api.account_unmute(api.other).muting, "they still are")
    with check("Mastodon.py: they are endorsed, with a note"):
        that(api.account_pin(api.other).endorsed, "they are not")
        same(api.endorsements()[0].id, api.other.id, "the list")
        that(not api.account_unpin(api.other).endorsed, "they still are")
        same(api.account_note_set(api.other, "Lends his saw").note, "Lends his saw", "the note")
    with check("Mastodon.py: they are blocked, and not, and followed again"):
        that(api.account_block(api.other).blocking, "they are not")
        same(api.blocks()[0].id, api.other.id, "the list")
        that(not api.account_unblock(api.other).blocking, "they still are")
        api.account_follow(api.other)
        until("it is accepted", lambda: relation().following)
    with check("Mastodon.py: a domain is blocked, and not"):
        api.domain_block("rust.example")
        same(list(api.domain_blocks()), ["rust.example"], "the list")
        api.domain_unblock("rust.example")
        same(list(api.domain_blocks()), [], "the list afterwards")
    with check("Mastodon.py: a request to follow is let in"):
        api.account_update_credentials(locked=True)
        ann = seen_by_bob("accounts", ANN + "/users/ann")
        bob("POST", f"/api/v1/accounts/{ann}/unfollow")
        bob("POST", f"/api/v1/accounts/{ann}/follow")
        until("it waits", lambda: [a.id for a in api.follow_requests()] == [api.other.id])
        that(api.follow_request_authorize(api.other).followed_by, "they do not follow")
        same(api.account_followers(api.me())[0].id, api.other.id, "the follower")
        api.account_update_credentials(locked=False)
    with check("Mastodon.py: what they do is told"):
        api.notifications_clear()
        post = seen_by_bob("statuses", api.post.uri)
        bob("POST", f"/api/v1/statuses/{post}/favourite")
        bob("POST", f"/api/v1/statuses/{post}/reblog")
        bob("POST", "/api/v1/statuses", status=f"@ann@{HOST} Mine is blunt", in_reply_to_id=post)
        until("all three are there", lambda: sorted(n.type for n in api.notifications()) == ["favourite", "mention", "reblog"])
        same([n.type for n in api.notifications(types=["mention"])], ["mention"], "mentions")
        same(api.notifications(exclude_types=["mention", "reblog"])[0].status.id, api.post.id, "the favourite")
    with check("Mastodon.py: one is dismissed, then all"):
        first = api.notifications()[0]
        same(api.notifications(id=first.id).type, first.type, "the first")
        api.notifications_dismiss(first.id)
        same(len(api.notifications()), 2, "how many are left")
        api.notifications_clear()
        same(len(api.notifications()), 0, "how many are left at last")
    with check("Mastodon.py: a vote in their poll is counted"):
        theirs = bob("POST", "/api/v1/statuses", status="Nails?", poll={"options": ["Long", "Short"], "expires_in": 600})
        poll = api.search_v2(theirs["uri"]).statuses[0].poll
        api.poll_vote(poll.id, [1])
        same(api.poll(poll.id).own_votes, [1], "the vote")
        until("its author counts it", lambda: bob("GET", "/api/v1/polls/" + theirs["poll"]["id"])["votes_count"] == 1)
    with check("Mastodon.py: a report is taken"):
        same(api.report(api.other, comment="Never brings it back", category="other").comment, "Never brings it back", "the comment")
