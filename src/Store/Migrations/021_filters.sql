-- What the owner does not want to read, or only after a warning.
CREATE TABLE filters (
  id         INTEGER PRIMARY KEY,
  title      TEXT    NOT NULL,
  contexts   TEXT    NOT NULL,                   -- words with commas: home,notifications,public,thread,account
  action     TEXT    NOT NULL,                   -- warn, hide, blur
  expires_at INTEGER
) STRICT;

CREATE TABLE filter_keywords (
  id         INTEGER PRIMARY KEY,
  filter_id  INTEGER NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
  keyword    TEXT    NOT NULL,
  whole_word INTEGER NOT NULL
) STRICT;
CREATE INDEX filter_keywords_filter ON filter_keywords (filter_id);

CREATE TABLE filter_statuses (
  id        INTEGER PRIMARY KEY,
  filter_id INTEGER NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
  status_id INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  UNIQUE (filter_id, status_id)
) STRICT;
CREATE INDEX filter_statuses_status ON filter_statuses (status_id);
