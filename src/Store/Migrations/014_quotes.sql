-- What statuses quote. A row for each status that quotes something, shown or not.
CREATE TABLE quotes (
  status_id     INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  quoted_uri    TEXT    NOT NULL,                -- as the quoting post names it
  quoted_id     INTEGER REFERENCES statuses (id) ON DELETE SET NULL,
  state         INTEGER NOT NULL,                -- 0 pending, 1 accepted, 2 rejected, 3 revoked, 4 deleted
  legacy        INTEGER NOT NULL,                -- its author's server asks nobody (no FEP-044f)
  claimed_stamp TEXT,                            -- the approval that the quoting post names: proves nothing
  stamp_uri     TEXT,                            -- the approval that was proven or given
  request_uri   TEXT,                            -- of the QuoteRequest
  depth         INTEGER NOT NULL DEFAULT 0,      -- how many quotes led here
  tries         INTEGER NOT NULL DEFAULT 0,
  due_at        INTEGER                          -- when to look at it again
) STRICT;
CREATE INDEX quotes_quoted ON quotes (quoted_id, status_id) WHERE quoted_id IS NOT NULL;
CREATE INDEX quotes_orphans ON quotes (quoted_uri) WHERE quoted_id IS NULL;
CREATE INDEX quotes_stamp ON quotes (stamp_uri) WHERE stamp_uri IS NOT NULL;
CREATE INDEX quotes_request ON quotes (request_uri) WHERE request_uri IS NOT NULL;
CREATE INDEX quotes_due ON quotes (due_at) WHERE due_at IS NOT NULL;

-- Whom the authors of statuses allow to do what, each as a set of groups (see PolicyGroups); NULL where they do not say.
CREATE TABLE interaction_policies (
  status_id        INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  quote_automatic  INTEGER,
  quote_manual     INTEGER,
  reply_automatic  INTEGER,
  reply_manual     INTEGER,
  like_automatic   INTEGER,
  like_manual      INTEGER,
  boost_automatic  INTEGER,
  boost_manual     INTEGER
) STRICT;
