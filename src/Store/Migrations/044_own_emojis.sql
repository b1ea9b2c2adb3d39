-- Custom emoji of this server. One that was taken away keeps its row and its picture, since older posts show it.
CREATE TABLE own_emojis (
  id         INTEGER PRIMARY KEY,
  shortcode  TEXT    NOT NULL COLLATE NOCASE,    -- without colons
  file       TEXT    NOT NULL,                   -- its name in the media folder
  category   TEXT    NOT NULL DEFAULT '',
  gone_at    INTEGER,                            -- unix milliseconds: since then no new post gets it
  created_at INTEGER NOT NULL                    -- unix milliseconds
) STRICT;
CREATE UNIQUE INDEX own_emojis_shortcode ON own_emojis (shortcode) WHERE gone_at IS NULL;
CREATE INDEX own_emojis_file ON own_emojis (file);
