-- The link that a post is about, as its own server describes it.
CREATE TABLE cards (
  status_id   INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  url         TEXT NOT NULL,
  title       TEXT NOT NULL,
  description TEXT NOT NULL,
  image_url   TEXT
) STRICT;

ALTER TABLE attachments ADD COLUMN preview_url TEXT; -- a still picture of a video
