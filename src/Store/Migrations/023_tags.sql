-- Hashtags that the owner follows, and those shown on the profile.
CREATE TABLE followed_tags (
  id     INTEGER PRIMARY KEY,                    -- newer is larger
  tag_id INTEGER NOT NULL UNIQUE REFERENCES tags (id)
) STRICT;

CREATE TABLE featured_tags (
  id     INTEGER PRIMARY KEY,
  tag_id INTEGER NOT NULL UNIQUE REFERENCES tags (id)
) STRICT;
