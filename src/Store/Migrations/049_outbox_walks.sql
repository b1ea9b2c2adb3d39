-- How far the outbox of an account elsewhere was read for its profile.
CREATE TABLE outbox_walks (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  looked_at  INTEGER NOT NULL,                   -- its newest pages were asked for
  next_page  TEXT,                               -- after the last one that was read; NULL at the end
  newest_at  INTEGER,                            -- from here back to oldest_at all pages were read
  oldest_at  INTEGER,
  failed_at  INTEGER
) STRICT;

-- Who follows accounts elsewhere and whom they follow, as their servers list them.
CREATE TABLE people_walks (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind       INTEGER NOT NULL,                   -- 0 followers, 1 following
  began_at   INTEGER NOT NULL,
  next_page  TEXT,
  failed_at  INTEGER,
  PRIMARY KEY (account_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_walks_age ON people_walks (began_at);

CREATE TABLE people (
  account_id INTEGER NOT NULL,
  kind       INTEGER NOT NULL,
  position   INTEGER NOT NULL,                   -- from 1, in the order of the list
  uri        TEXT    NOT NULL,
  tried      INTEGER NOT NULL DEFAULT 0,         -- it was fetched in vain
  PRIMARY KEY (account_id, kind, position),
  FOREIGN KEY (account_id, kind) REFERENCES people_walks (account_id, kind) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX people_once ON people (account_id, kind, uri);
