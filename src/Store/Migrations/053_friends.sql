-- Whom those follow whom the owner follows: the most followed of them.
CREATE TABLE friends (
  uri         TEXT    PRIMARY KEY,
  followed_by INTEGER NOT NULL,                  -- by so many of those
  tried_at    INTEGER NOT NULL DEFAULT 0         -- when it was last fetched in vain
) STRICT, WITHOUT ROWID;
