-- Which hashtags stand on the profiles of others, where they say so, and when they were last asked for.
ALTER TABLE accounts ADD COLUMN featured_tags_uri TEXT;
CREATE TABLE remote_featured_tags (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  tag_id     INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  name       TEXT    NOT NULL,                   -- as its owner spells it
  url        TEXT,                               -- the page for people on its owner's server
  UNIQUE (account_id, tag_id)
) STRICT;
CREATE TABLE featured_tag_fetches (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  fetched_at INTEGER NOT NULL
) STRICT;
