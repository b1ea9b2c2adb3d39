-- The picture that each server gave an emoji last, so that older posts and names can show it too.
CREATE TABLE remote_emojis (
  domain     TEXT    NOT NULL,
  shortcode  TEXT    NOT NULL,
  url        TEXT    NOT NULL,
  changed_at INTEGER NOT NULL,             -- unix milliseconds
  pending    INTEGER NOT NULL DEFAULT 0,   -- 1: older posts may still show another
  PRIMARY KEY (domain, shortcode)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_emojis_pending ON remote_emojis (changed_at) WHERE pending = 1;
CREATE INDEX statuses_with_emojis ON statuses (account_id) WHERE emojis != '[]';
