"""Posts and the account that writes them."""
import datetime

from people import PNG
from checks import check, refused, same, that, until
from mastodon import MastodonAPIError, MastodonNotFoundError


def run(api):
    with check("Mastodon.py: the account is verified and edited"):
        me = api.account_update_credentials(display_name="Ann of the shed", note="Tools", fields=[("Shed", "Grey")])
        same([me.display_name, me.source.note, me.source.fields[0].value], ["Ann of the shed", "Tools", "Grey"], "it")
        same(api.me().username, "ann", "the name")
    with check("Mastodon.py: an avatar is sent"):
        that(api.account_update_credentials(avatar=PNG, avatar_mime_type="image/png").avatar.endswith(".png"), "no picture")
    with check("Mastodon.py: a post is written"):
        post = api.status_post("A *rake* #shed", visibility="public", spoiler_text="Tools", language="en", idempotency_key="rake")
        same([post.visibility, post.spoiler_text, post.language, post.tags[0].name], ["public", "Tools", "en", "shed"], "it")
        that("<em>rake</em>" in post.content, post.content)
        api.post = post
    with check("Mastodon.py: the same key posts once"):
        same(api.status_post("A *rake* #shed", idempotency_key="rake").id, api.post.id, "the second")
    with check("Mastodon.py: it is fetched, with its source"):
        same(api.status(api.post.id).uri, api.post.uri, "the address")
        same(api.status_source(api.post.id).text, "A *rake* #shed", "the source")
        same(api.status_card(api.post.id), None, "the card")
    with check("Mastodon.py: an edit has a history"):
        edited = api.status_update(api.post.id, "A spade #shed", spoiler_text="")
        that("spade" in edited.content and edited.edited_at > edited.created_at, "it is not edited")
        same([version.spoiler_text for version in api.status_history(api.post.id)], ["Tools", ""], "the versions")
    with check("Mastodon.py: it is favourited, and not"):
        that(api.status_favourite(api.post.id).favourited, "it is not")
        same(api.favourites()[0].id, api.post.id, "the list")
        same(api.status_favourited_by(api.post.id)[0].username, "ann", "by")
        same(api.status_unfavourite(api.post.id).favourites_count, 0, "the count")
    with check("Mastodon.py: it is boosted, and not"):
        same(api.status_reblog(api.post.id).reblog.id, api.post.id, "the post")
        same(api.status_reblogged_by(api.post.id)[0].username, "ann", "by")
        that(not api.status_unreblog(api.post.id).reblogged, "it still is")
    with check("Mastodon.py: it is bookmarked, and not"):
        that(api.status_bookmark(api.post.id).bookmarked, "it is not")
        same(api.bookmarks()[0].id, api.post.id, "the list")
        that(not api.status_unbookmark(api.post.id).bookmarked, "it still is")
    with check("Mastodon.py: it is pinned and muted, and not"):
        that(api.status_pin(api.post.id).pinned and api.status_mute(api.post.id).muted, "it is not")
        same([s.id for s in api.account_statuses(api.post.account.id, pinned=True)], [api.post.id], "the pinned ones")
        that(not api.status_unpin(api.post.id).pinned and not api.status_unmute(api.post.id).muted, "it still is")
    with check("Mastodon.py: a picture is sent, described and posted"):
        sent = api.media_post(PNG, "image/png", description="A hoe", focus=(0.5, 0), synchronous=True)
        same([sent.type, sent.meta.original.width, sent.meta.focus.x], ["image", 4, 0.5], "it")
        same(api.media_update(sent.id, description="Two hoes").description, "Two hoes", "the description")
        same(api.status_post("Look", media_ids=[sent]).media_attachments[0].description, "Two hoes", "the one posted")
        refused(MastodonNotFoundError, lambda: api.media(sent.id))
    with check("Mastodon.py: a poll is asked, and its author cannot vote"):
        poll = api.status_post("Which?", poll=api.make_poll(["Hoe", "Rake"], 600, multiple=True)).poll
        same([option.title for option in api.poll(poll.id).options], ["Hoe", "Rake"], "the options")
        that(poll.multiple and not poll.expired, "it is another poll")
        refused(MastodonAPIError, lambda: api.poll_vote(poll.id, [0]), "vote")
    with check("Mastodon.py: a post for later is kept, moved and taken back"):
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        later = api.status_post("Later", scheduled_at=at)
        same(api.scheduled_status(later.id).params.text, "Later", "the text")
        that(api.scheduled_status_update(later.id, at + datetime.timedelta(hours=1)).scheduled_at > later.scheduled_at, "it was not moved")
        api.scheduled_status_delete(later.id)
        same(len(api.scheduled_statuses()), 0, "how many are left")
    with check("Mastodon.py: a post is deleted"):
        gone = api.toot("Gone")
        same(api.status_delete(gone.id).text, "Gone", "its source")
        refused(MastodonNotFoundError, lambda: api.status(gone.id))
    with check("Mastodon.py: preferences are read"):
        same(api.preferences()["posting:default:visibility"], "public", "the visibility")
