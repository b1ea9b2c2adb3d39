-- What is much used now, worked out anew every few minutes.
CREATE TABLE trends (
  kind    INTEGER NOT NULL,   -- 0 hashtags, 1 links, 2 statuses
  rank    INTEGER NOT NULL,   -- the first is 0
  subject TEXT    NOT NULL,   -- the id of the hashtag or status, or the link
  PRIMARY KEY (kind, rank)
) STRICT, WITHOUT ROWID;

-- The posts with a link, by id.
CREATE INDEX cards_url ON cards (url);
