-- A hashtag that goes takes with it where it stood on profiles; without this, by reading the whole table.
CREATE INDEX remote_featured_tags_tag ON remote_featured_tags (tag_id);
