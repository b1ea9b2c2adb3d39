-- Threads of whose new replies the owner wants to be told.
CREATE TABLE thread_follows (
  status_id    INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE, -- the first post of the thread that was here
  conversation TEXT,                             -- as that post names it, for replies to posts that are not here
  created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_follows_conversation ON thread_follows (conversation) WHERE conversation IS NOT NULL;

-- Posts of others that were put away for being old, to be known by; the oldest go when there are too many.
CREATE TABLE put_away_posts (
  id      INTEGER PRIMARY KEY,
  address INTEGER NOT NULL UNIQUE,               -- the first eight bytes of the SHA-256 of the post's id
  day     INTEGER NOT NULL                       -- days since 1970
) STRICT;

-- What of an account was refused.
CREATE INDEX verdicts_actor ON verdicts (actor_uri, id);
