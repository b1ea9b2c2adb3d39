-- Servers that pass public posts around among their subscribers.
CREATE TABLE relays (
  url        TEXT PRIMARY KEY,                   -- as the owner gave it: an inbox in Mastodon's way, an actor in LitePub's
  inbox      TEXT    NOT NULL,
  actor_uri  TEXT,                               -- in Mastodon's way known once it has accepted
  litepub    INTEGER NOT NULL,
  follow_uri TEXT    NOT NULL,
  state      INTEGER NOT NULL,                   -- 0 asked, 1 accepted, 2 refused
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX relays_actor ON relays (actor_uri);

-- 1: a relay brought it.
ALTER TABLE inbox_queue ADD COLUMN relayed INTEGER NOT NULL DEFAULT 0;
