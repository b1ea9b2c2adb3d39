-- People of lists that the owner follows one after another.
CREATE TABLE listed_follows (
  person      TEXT    PRIMARY KEY COLLATE NOCASE, -- user@domain, or the address of a profile
  host        TEXT    NOT NULL,
  show_boosts INTEGER NOT NULL,
  notify      INTEGER NOT NULL,
  languages   TEXT    NOT NULL,
  state       INTEGER NOT NULL DEFAULT 0,        -- 0 waiting, 1 done, 2 failed
  tries       INTEGER NOT NULL DEFAULT 0,        -- in vain
  due_at      INTEGER NOT NULL,                  -- when it is done or has failed: since when
  reason      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_follows_state ON listed_follows (state, host, due_at);
