-- The owner's reports about others, and those of others about the owner.
CREATE TABLE reports (
  id         INTEGER PRIMARY KEY,
  uri        TEXT    NOT NULL UNIQUE,            -- of the Flag
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who reports; often the actor of a whole server
  target_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  status_ids TEXT    NOT NULL,                   -- JSON array of numbers
  comment    TEXT    NOT NULL,                   -- text, not HTML
  category   TEXT    NOT NULL,                   -- Mastodon's words: spam, legal, violation, other
  forwarded  INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_target ON reports (target_id, id);
CREATE INDEX reports_account ON reports (account_id);

ALTER TABLE notifications ADD COLUMN report_id INTEGER REFERENCES reports (id) ON DELETE CASCADE;
DROP INDEX notifications_once;
CREATE UNIQUE INDEX notifications_once ON notifications (account_id, type, coalesce(status_id, report_id, 0));

-- 1: the instance actor signs it, not the owner.
ALTER TABLE outgoing ADD COLUMN by_instance INTEGER NOT NULL DEFAULT 0;
