-- When the lengths of somebody's followers, following and outbox were last asked for.
CREATE TABLE count_fetches (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  fetched_at INTEGER NOT NULL
) STRICT;
