-- When somebody whom the owner followed or muted moved to another account. A second move so soon is not believed.
CREATE TABLE moves (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  target_uri TEXT    NOT NULL,
  moved_at   INTEGER NOT NULL
) STRICT;
