-- Emoji reactions of others. Each account that has one also has a row in favourites, which is what counts.
CREATE TABLE reactions (
  status_id  INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name       TEXT    NOT NULL,                   -- the emoji itself, or the shortcode of a custom one
  url        TEXT,                               -- the picture of a custom one
  uri        TEXT    NOT NULL,                   -- of the activity
  created_at INTEGER NOT NULL,
  PRIMARY KEY (status_id, account_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX reactions_uri ON reactions (uri);
