-- A vote of somebody else in a poll of the owner's, or of the owner in anybody's.
CREATE TABLE poll_votes (
  status_id  INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  choice     INTEGER NOT NULL,                   -- position in the options, from 0
  uri        TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (status_id, account_id, choice)
) STRICT, WITHOUT ROWID;
CREATE INDEX poll_votes_account ON poll_votes (account_id);

ALTER TABLE polls ADD COLUMN hide_totals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE polls ADD COLUMN fetched_at INTEGER;     -- when its own server was last asked for the counts
ALTER TABLE polls ADD COLUMN results_due_at INTEGER; -- the owner's: when new counts go out to others
ALTER TABLE polls ADD COLUMN end_due_at INTEGER;     -- when the owner is to hear that it ended
CREATE INDEX polls_results_due ON polls (results_due_at) WHERE results_due_at IS NOT NULL;
CREATE INDEX polls_end_due ON polls (end_due_at) WHERE end_due_at IS NOT NULL;

ALTER TABLE status_edits ADD COLUMN poll_options TEXT; -- as in polls; NULL without a poll
