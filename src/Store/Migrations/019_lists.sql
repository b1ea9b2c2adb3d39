-- Lists of followed accounts. What belongs to a list is written down when it arrives, as for home, so that a page costs the same
-- however much is stored.
CREATE TABLE lists (
  id             INTEGER PRIMARY KEY,
  title          TEXT    NOT NULL,
  replies_policy TEXT    NOT NULL,               -- none, list, followed
  exclusive      INTEGER NOT NULL                -- its members are not shown in home
) STRICT;

CREATE TABLE list_members (
  list_id    INTEGER NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  PRIMARY KEY (list_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_members_account ON list_members (account_id);

CREATE TABLE list_entries (
  list_id   INTEGER NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
  status_id INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  PRIMARY KEY (list_id, status_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_entries_status ON list_entries (status_id);
