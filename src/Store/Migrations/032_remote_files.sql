-- Signs the addresses under which files of other servers are shown, so that nobody else can make one.
INSERT OR IGNORE INTO meta (key, value) VALUES ('media_key', hex(randomblob(32)));

-- Files of other servers that are kept for a while, and what could not be had. All of it can be fetched again.
CREATE TABLE remote_files (
  key        TEXT    PRIMARY KEY,                -- the hash of shape and address, in hex; the file's name too
  extension  TEXT,                               -- null where it could not be had
  bytes      INTEGER NOT NULL DEFAULT 0,
  status     INTEGER NOT NULL DEFAULT 200,       -- what the viewer is answered
  reason     TEXT    NOT NULL DEFAULT '',
  until      INTEGER,                            -- of a refusal: when it is tried again, in unix milliseconds
  used_at    INTEGER NOT NULL                    -- unix milliseconds, about
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_files_used ON remote_files (used_at, bytes) WHERE extension IS NOT NULL;
CREATE INDEX remote_files_until ON remote_files (until) WHERE until IS NOT NULL;
