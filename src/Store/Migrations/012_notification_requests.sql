-- Notifications of strangers that wait in the requests tray, and the accounts that the owner let through.
ALTER TABLE notifications ADD COLUMN filtered INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notifications_filtered ON notifications (account_id, id) WHERE filtered = 1;

CREATE TABLE notification_permissions (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;

-- Threads of which the owner wants to hear no more, by any post of theirs.
CREATE TABLE conversation_mutes (
  status_id  INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;
