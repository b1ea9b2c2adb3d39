-- The first picture of an emoji that moves, for people who want nothing to move.
ALTER TABLE own_emojis ADD COLUMN still_file TEXT; -- its name in the media folder; null when it stands still itself
CREATE INDEX own_emojis_still ON own_emojis (still_file) WHERE still_file IS NOT NULL;

-- How often a page's server has asked to come back later.
ALTER TABLE cards ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
-- The account that a page names as its author without its leave, which its owner may want to give.
ALTER TABLE cards ADD COLUMN named_author_id INTEGER;
