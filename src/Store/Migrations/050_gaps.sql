-- Times in which this server was away, and how far what was missed is here.
CREATE TABLE gaps (
  id          INTEGER PRIMARY KEY,
  from_at     INTEGER NOT NULL,
  to_at       INTEGER NOT NULL,
  threads_at  INTEGER,                           -- the owner's threads were asked for
  finished_at INTEGER
) STRICT;
CREATE INDEX gaps_open ON gaps (id) WHERE finished_at IS NULL;

-- The outbox of each account that the owner followed then.
CREATE TABLE gap_walks (
  gap_id     INTEGER NOT NULL REFERENCES gaps (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  host       TEXT    NOT NULL,
  state      INTEGER NOT NULL DEFAULT 0,         -- 0 waiting, 1 done, 2 its server did not answer, 3 it refused, 4 over the caps
  next_page  TEXT,                               -- NULL before the first
  pages      INTEGER NOT NULL DEFAULT 0,
  posts      INTEGER NOT NULL DEFAULT 0,         -- recovered
  missed     INTEGER NOT NULL DEFAULT 0,         -- boosts of posts that could not be had
  tries      INTEGER NOT NULL DEFAULT 0,         -- in vain
  tried_at   INTEGER NOT NULL DEFAULT 0,
  due_at     INTEGER NOT NULL DEFAULT 0,
  reason     TEXT,
  PRIMARY KEY (gap_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX gap_walks_account ON gap_walks (account_id);
CREATE INDEX gap_walks_state ON gap_walks (gap_id, state, host);

-- Boosts and answers that go home when what they are about has had its time to come, in the order of their dates.
CREATE TABLE gap_posts (
  status_id INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  gap_id    INTEGER NOT NULL REFERENCES gaps (id) ON DELETE CASCADE,
  known     INTEGER NOT NULL                     -- it came here in another way meanwhile
) STRICT;
CREATE INDEX gap_posts_gap ON gap_posts (gap_id, status_id);
