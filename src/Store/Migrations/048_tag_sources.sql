-- Servers whose public timelines of the hashtags that the owner follows are read.
CREATE TABLE tag_sources (
  host     TEXT    PRIMARY KEY,
  added_at INTEGER NOT NULL,
  error    TEXT    NOT NULL DEFAULT ''   -- what went wrong at the last try, as a sentence
) STRICT, WITHOUT ROWID;

-- How far each was read there.
CREATE TABLE tag_feeds (
  host     TEXT    NOT NULL REFERENCES tag_sources (host) ON DELETE CASCADE,
  tag_id   INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  asked_at INTEGER NOT NULL,
  newest   TEXT    NOT NULL,             -- the server's own id of the newest post that it showed; empty when it showed none
  PRIMARY KEY (host, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_feeds_tag ON tag_feeds (tag_id);

-- Posts that came only because relays or hashtags brought them, by day.
CREATE TABLE discovered_days (
  day   INTEGER PRIMARY KEY,             -- since 1970, UTC
  posts INTEGER NOT NULL
) STRICT;
