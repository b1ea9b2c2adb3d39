-- When a post came here, in unix milliseconds: what was fetched late must not go at once for being old. 0: long ago.
ALTER TABLE statuses ADD COLUMN stored_at INTEGER NOT NULL DEFAULT 0;

-- What lay in the data folder at the end of each day (UTC), in bytes.
CREATE TABLE disk_days (
  day      INTEGER PRIMARY KEY,                  -- days since 1970
  database INTEGER NOT NULL,
  media    INTEGER NOT NULL,
  cache    INTEGER NOT NULL
) STRICT;
