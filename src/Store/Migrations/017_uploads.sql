-- Files that the owner sent. They stay while they hang on a post, and a while longer: it may be deleted to be written anew.
CREATE TABLE uploads (
  id           INTEGER PRIMARY KEY,              -- the attachment's id too
  type         TEXT    NOT NULL,                 -- image, gifv, video, audio
  media_type   TEXT    NOT NULL,
  file         TEXT    NOT NULL,                 -- its name in the media folder
  preview_file TEXT,
  bytes        INTEGER NOT NULL,                 -- of both
  blurhash     TEXT,
  width        INTEGER,
  height       INTEGER,
  description  TEXT    NOT NULL DEFAULT '',
  focus_x      REAL,
  focus_y      REAL,
  used         INTEGER NOT NULL DEFAULT 0,       -- by a post or one that is to come
  changed_at   INTEGER NOT NULL                  -- unix milliseconds: sent, or used no more
) STRICT;
CREATE INDEX uploads_unused ON uploads (changed_at) WHERE used = 0;
CREATE INDEX uploads_file ON uploads (file);
CREATE INDEX uploads_preview ON uploads (preview_file) WHERE preview_file IS NOT NULL;
