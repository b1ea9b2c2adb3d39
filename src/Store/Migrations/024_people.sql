-- What the owner keeps about people, and conversations of direct posts.
CREATE TABLE account_notes (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  text       TEXT    NOT NULL
) STRICT;

CREATE TABLE endorsements (
  id         INTEGER PRIMARY KEY,                -- newer is larger
  account_id INTEGER NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE dismissed_suggestions (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;

-- For the directory.
CREATE INDEX accounts_discoverable_active ON accounts (last_status_at) WHERE discoverable = 1;
CREATE INDEX accounts_discoverable ON accounts (id) WHERE discoverable = 1;

-- The direct posts of one thread among the same people. last_status_id makes the order and is the cursor.
CREATE TABLE conversations (
  id             INTEGER PRIMARY KEY,
  participants   TEXT    NOT NULL,               -- ids of the others, ascending, with commas; empty for notes to oneself
  thread         TEXT    NOT NULL,
  last_status_id INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  unread         INTEGER NOT NULL,
  UNIQUE (thread, participants)
) STRICT;
CREATE INDEX conversations_last ON conversations (last_status_id);

CREATE TABLE conversation_statuses (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  status_id       INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  PRIMARY KEY (conversation_id, status_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_statuses_status ON conversation_statuses (status_id);

INSERT INTO conversations (id, participants, thread, last_status_id, unread)
SELECT max(d.id), d.participants, d.thread, max(d.id), 0 FROM (
  SELECT s.id, coalesce(s.conversation, s.uri) AS thread, coalesce((
    SELECT group_concat(p.account_id, ',' ORDER BY p.account_id) FROM (
      SELECT m.account_id FROM mentions m WHERE m.status_id = s.id UNION SELECT s.account_id) p
    WHERE p.account_id != (SELECT id FROM accounts WHERE domain = '')), '') AS participants
  FROM statuses s
  WHERE s.visibility = 3 AND s.boost_of_id IS NULL
    AND (s.account_id = (SELECT id FROM accounts WHERE domain = '')
         OR EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = (SELECT id FROM accounts WHERE domain = '')))) d
GROUP BY d.thread, d.participants;

INSERT INTO conversation_statuses (conversation_id, status_id)
SELECT v.id, s.id FROM statuses s JOIN conversations v ON v.thread = coalesce(s.conversation, s.uri) AND v.participants = coalesce((
    SELECT group_concat(p.account_id, ',' ORDER BY p.account_id) FROM (
      SELECT m.account_id FROM mentions m WHERE m.status_id = s.id UNION SELECT s.account_id) p
    WHERE p.account_id != (SELECT id FROM accounts WHERE domain = '')), '')
WHERE s.visibility = 3 AND s.boost_of_id IS NULL;
