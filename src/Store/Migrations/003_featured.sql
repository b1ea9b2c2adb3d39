-- When the pinned posts of somebody elsewhere were last asked for.
CREATE TABLE featured_fetches (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  fetched_at INTEGER NOT NULL
) STRICT;
