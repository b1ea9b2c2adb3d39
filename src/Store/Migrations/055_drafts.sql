-- What the owner is writing, as the page that writes it wants it kept.
CREATE TABLE drafts (
  id         INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL UNIQUE,
  draft      TEXT    NOT NULL,                   -- a JSON object
  updated_at INTEGER NOT NULL
) STRICT;
