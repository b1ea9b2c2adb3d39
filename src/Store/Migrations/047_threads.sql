-- Threads that the owner opened or takes part in, each under the first post of it that is here.
CREATE TABLE threads (
  root_id   INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  due_at    INTEGER,                     -- when what is missing is asked for; null when nobody has turned to it for long
  opened_at INTEGER NOT NULL,            -- when the owner turned to it last
  ended_at  INTEGER,                     -- when the last look ended
  found     INTEGER NOT NULL DEFAULT 0   -- posts that it has brought so far, or that the last one brought
) STRICT;
CREATE INDEX threads_due ON threads (due_at) WHERE due_at IS NOT NULL;

-- Posts of a thread that a server named and that are not here.
CREATE TABLE missing_posts (
  root_id INTEGER NOT NULL REFERENCES threads (root_id) ON DELETE CASCADE,
  uri     TEXT    NOT NULL,
  above   INTEGER NOT NULL,              -- 1: the first post here answers it
  absence INTEGER NOT NULL,              -- why it is not here, as in Absence
  reason  TEXT    NOT NULL DEFAULT '',   -- the same as a sentence
  tries   INTEGER NOT NULL DEFAULT 0,
  due_at  INTEGER,                       -- when to ask for it again; null when that is of no use
  PRIMARY KEY (root_id, uri)
) STRICT, WITHOUT ROWID;

-- Posts whose servers were asked for their answers.
CREATE TABLE asked_posts (
  status_id INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  asked_at  INTEGER NOT NULL,
  absence   INTEGER NOT NULL,            -- why the answers could not be read, as in Absence
  reason    TEXT    NOT NULL,
  beyond    INTEGER NOT NULL,            -- answers that were not taken for there were too many
  unlisted  INTEGER NOT NULL             -- answers that the server counts and does not show
) STRICT;
