-- Answers of the owner's that the author of the answered post approved of (GoToSocial), which others want to see in them.
CREATE TABLE reply_approvals (
  status_id INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  uri       TEXT    NOT NULL
) STRICT;
