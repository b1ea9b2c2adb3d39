-- Replies of others to the owner's posts that were passed on to the owner's followers: their changes are passed on too.
CREATE TABLE forwarded (
  status_id INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE
) STRICT;
