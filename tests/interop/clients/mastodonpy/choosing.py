"""What the owner sets up: lists, filters, hashtags, markers, a push subscription."""
from people import bob
from checks import check, refused, same, that, until
from mastodon import MastodonNotFoundError


def run(api):
    with check("Mastodon.py: a list is made, renamed and filled"):
        made = api.list_create("Tools")
        same(api.list_update(made.id, "Sharp tools").title, "Sharp tools", "the title")
        api.list_accounts_add(made.id, [api.other.id])
        same(api.list_accounts(made.id)[0].id, api.other.id, "the member")
        same(api.account_lists(api.other)[0].id, made.id, "their lists")
    with check("Mastodon.py: its timeline is read, and it is deleted"):
        theirs = bob("POST", "/api/v1/statuses", status="An axe")
        until("it is on the list", lambda: any(s.uri == theirs["uri"] for s in api.timeline_list(made.id)))
        api.list_accounts_delete(made.id, [api.other.id])
        same(len(api.list_accounts(made.id)), 0, "members left")
        api.list_delete(made.id)
        refused(MastodonNotFoundError, lambda: api.list(made.id))
    with check("Mastodon.py: a filter is made, changed and deleted"):
        made = api.filter_create("rust", ["home"], whole_word=True, expires_in=3600)
        same([api.filter(made.id).phrase, made.whole_word], ["rust", True], "it")
        same(api.filter_update(made.id, phrase="dust", context=["home", "public"]).phrase, "dust", "the phrase")
        same([f.phrase for f in api.filters()], ["dust"], "the list")
        api.filter_delete(made.id)
        same(len(api.filters()), 0, "filters left")
    with check("Mastodon.py: a hashtag is featured, and not"):
        made = api.featured_tag_create("shed")
        same(api.featured_tags()[0].name, "shed", "the list")
        same(api.account_featured_tags(api.me())[0].name, "shed", "the profile's")
        api.featured_tag_delete(made.id)
        same(len(api.featured_tags()), 0, "how many are left")
    with check("Mastodon.py: markers remember the place"):
        api.markers_set(["home"], [api.post.id])
        same(str(api.markers_get(["home"]).home.last_read_id), str(api.post.id), "the place")
    with check("Mastodon.py: a push subscription is made, changed and deleted"):
        _, public = api.push_subscription_generate_keys()
        made = api.push_subscription_set("http://localhost:1/push", public, mention_events=True, favourite_events=False)
        same([made.endpoint, made.alerts.mention, made.alerts.favourite], ["http://localhost:1/push", True, False], "it")
        same(api.push_subscription_update(mention_events=False).alerts.mention, False, "mentions")
        same(api.push_subscription().id, made.id, "the id")
        api.push_subscription_delete()
        refused(MastodonNotFoundError, api.push_subscription)
