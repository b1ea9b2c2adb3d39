"""Mastodon.py 1.8 in all areas; results are checked, not only that nothing is raised."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from people import ANN, shown_code
from checks import check, finish, refused, same
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

import choosing
import others
import posting
import reading
import streaming

SCOPES = ["read", "write", "follow", "push"]
app = {}

with check("Mastodon.py: an app is registered"):
    app["id"], app["secret"] = Mastodon.create_app("Shed", scopes=SCOPES, api_base_url=ANN)
    same(len(app["secret"]) > 20, True, "a secret")
api = Mastodon(client_id=app["id"], client_secret=app["secret"], api_base_url=ANN, version_check_mode="none", ratelimit_method="throw")
with check("Mastodon.py: it is let in with a code"):
    token = api.log_in(code=shown_code(api.auth_request_url(scopes=SCOPES)), scopes=SCOPES)
    same(token, api.access_token, "the token")
with check("Mastodon.py: the app is told its name"):
    same(api.app_verify_credentials().name, "Shed", "the name")
with check("Mastodon.py: the version is one that it knows"):
    same(api.verify_minimum_version("4.0.0"), True, "new enough")
with check("Mastodon.py: the instance is healthy, and tells its limits"):
    same(api.instance_health(), True, "its health")
    same(api.instance().configuration.statuses.max_media_attachments, 4, "pictures in a post")
    same(api.instance_nodeinfo().software.name, "calf", "the software")
    same(len(api.instance_activity()), 12, "weeks")

for area in (posting, others, reading, choosing, streaming):
    area.run(api)

with check("Mastodon.py: what is wrong is refused"):
    refused(MastodonNotFoundError, lambda: api.status(1), "Record not found")
    refused(MastodonAPIError, lambda: api.status_post(""))
with check("Mastodon.py: a token that was handed back is worth nothing"):
    other = Mastodon(client_id=app["id"], client_secret=app["secret"], api_base_url=ANN, version_check_mode="none")
    other.log_in(code=shown_code(other.auth_request_url(scopes=SCOPES)), scopes=SCOPES)
    lost = other.access_token
    other.revoke_access_token()
    refused(MastodonUnauthorizedError, Mastodon(access_token=lost, api_base_url=ANN, version_check_mode="none").me)
finish()
