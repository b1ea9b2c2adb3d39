-- Ids are time-ordered 64-bit numbers (Store/Ids.cs), times are unix milliseconds, booleans are 0 or 1.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Accounts -----------------------------------------------------------------------------------------------------------

CREATE TABLE accounts (
  id              INTEGER PRIMARY KEY,
  uri             TEXT    NOT NULL UNIQUE,
  url             TEXT    NOT NULL,
  username        TEXT    NOT NULL COLLATE NOCASE,
  domain          TEXT    NOT NULL,              -- '' is this server
  type            TEXT    NOT NULL,              -- Person, Service, Group ...
  display_name    TEXT    NOT NULL DEFAULT '',
  note            TEXT    NOT NULL DEFAULT '',   -- sanitised HTML
  note_source     TEXT    NOT NULL DEFAULT '',   -- what the owner typed
  fields          TEXT    NOT NULL DEFAULT '[]', -- JSON: [{"name","value","verified_at"}]
  emojis          TEXT    NOT NULL DEFAULT '[]', -- JSON: [{"shortcode","url"}]
  avatar_url      TEXT,
  avatar_alt      TEXT    NOT NULL DEFAULT '',
  header_url      TEXT,
  header_alt      TEXT    NOT NULL DEFAULT '',
  inbox           TEXT    NOT NULL,
  shared_inbox    TEXT,
  outbox          TEXT,
  followers_uri   TEXT,
  following_uri   TEXT,
  featured_uri    TEXT,
  locked          INTEGER NOT NULL DEFAULT 0,
  discoverable    INTEGER NOT NULL DEFAULT 0,
  indexable       INTEGER NOT NULL DEFAULT 0,
  memorial        INTEGER NOT NULL DEFAULT 0,
  followers_count INTEGER NOT NULL DEFAULT 0,
  following_count INTEGER NOT NULL DEFAULT 0,
  statuses_count  INTEGER NOT NULL DEFAULT 0,
  last_status_at  INTEGER,
  moved_to_uri    TEXT,
  also_known_as   TEXT    NOT NULL DEFAULT '[]', -- JSON array of URIs
  created_at      INTEGER NOT NULL,
  fetched_at      INTEGER NOT NULL,
  gone_at         INTEGER                        -- its server said 410
) STRICT;
CREATE INDEX accounts_handle ON accounts (username, domain);
CREATE INDEX accounts_domain ON accounts (domain);

CREATE TABLE public_keys (
  key_id     TEXT PRIMARY KEY,
  actor_uri  TEXT    NOT NULL,
  material   TEXT,                               -- PEM or Multikey; NULL remembers a key that could not be had
  fetched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX public_keys_actor ON public_keys (actor_uri);

CREATE TABLE own_keys (
  name     TEXT PRIMARY KEY,                     -- owner-rsa, owner-ed25519, instance-rsa
  material TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Statuses -----------------------------------------------------------------------------------------------------------

CREATE TABLE statuses (
  id                     INTEGER PRIMARY KEY,
  uri                    TEXT    NOT NULL UNIQUE,
  url                    TEXT    NOT NULL,
  account_id             INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  type                   TEXT    NOT NULL,       -- Note, Question, Article ..., Announce for a boost
  title                  TEXT    NOT NULL DEFAULT '',
  content                TEXT    NOT NULL DEFAULT '', -- sanitised HTML
  source                 TEXT,                   -- Markdown of the owner
  spoiler_text           TEXT    NOT NULL DEFAULT '',
  sensitive              INTEGER NOT NULL DEFAULT 0,
  visibility             INTEGER NOT NULL,       -- 0 public, 1 unlisted, 2 private, 3 direct
  language               TEXT,
  created_at             INTEGER NOT NULL,
  edited_at              INTEGER,
  in_reply_to_id         INTEGER,
  in_reply_to_uri        TEXT,                   -- kept while the parent is not here
  in_reply_to_account_id INTEGER,
  boost_of_id            INTEGER REFERENCES statuses (id) ON DELETE CASCADE,
  conversation           TEXT,
  quote_uri              TEXT,
  emojis                 TEXT    NOT NULL DEFAULT '[]',
  replies_count          INTEGER NOT NULL DEFAULT 0,
  boosts_count           INTEGER NOT NULL DEFAULT 0,
  favourites_count       INTEGER NOT NULL DEFAULT 0,
  app_id                 INTEGER
) STRICT;
CREATE INDEX statuses_account ON statuses (account_id, id);
CREATE INDEX statuses_replies ON statuses (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX statuses_orphans ON statuses (in_reply_to_uri) WHERE in_reply_to_uri IS NOT NULL AND in_reply_to_id IS NULL;
CREATE UNIQUE INDEX statuses_boosts ON statuses (boost_of_id, account_id) WHERE boost_of_id IS NOT NULL;
CREATE INDEX statuses_url ON statuses (url) WHERE boost_of_id IS NULL;
CREATE INDEX statuses_public ON statuses (id) WHERE visibility = 0 AND boost_of_id IS NULL;

CREATE TABLE status_edits (
  status_id    INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  created_at   INTEGER NOT NULL,
  content      TEXT    NOT NULL,
  spoiler_text TEXT    NOT NULL,
  sensitive    INTEGER NOT NULL,
  PRIMARY KEY (status_id, created_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
  id          INTEGER PRIMARY KEY,
  status_id   INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  type        TEXT    NOT NULL,                  -- image, video, gifv, audio, unknown
  media_type  TEXT    NOT NULL DEFAULT '',
  url         TEXT    NOT NULL,
  description TEXT    NOT NULL DEFAULT '',
  blurhash    TEXT,
  width       INTEGER,
  height      INTEGER,
  focus_x     REAL,
  focus_y     REAL
) STRICT;
CREATE INDEX attachments_status ON attachments (status_id, position);

CREATE TABLE polls (
  status_id    INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  options      TEXT    NOT NULL,                 -- JSON: [{"title","votes"}]
  multiple     INTEGER NOT NULL,
  expires_at   INTEGER,
  closed_at    INTEGER,
  voters_count INTEGER
) STRICT;

CREATE TABLE mentions (
  status_id  INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  silent     INTEGER NOT NULL DEFAULT 0,         -- addressed, not named in the text
  PRIMARY KEY (status_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_account ON mentions (account_id, status_id);

CREATE TABLE tags (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE status_tags (
  tag_id    INTEGER NOT NULL REFERENCES tags (id),
  status_id INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, status_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX status_tags_status ON status_tags (status_id);

-- Deleted objects and undone activities: a later copy of them changes nothing.
CREATE TABLE tombstones (
  uri        TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What accounts do with statuses and with each other -----------------------------------------------------------------

CREATE TABLE favourites (
  status_id  INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  uri        TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (status_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX favourites_account ON favourites (account_id, created_at);
CREATE INDEX favourites_uri ON favourites (uri);

CREATE TABLE bookmarks (
  status_id  INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bookmarks_created ON bookmarks (created_at);

CREATE TABLE pins (
  status_id  INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE follows (
  account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  target_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  uri         TEXT    NOT NULL,
  accepted    INTEGER NOT NULL,
  show_boosts INTEGER NOT NULL DEFAULT 1,
  notify      INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (account_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX follows_target ON follows (target_id, accepted);
CREATE INDEX follows_uri ON follows (uri);

CREATE TABLE blocks (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  target_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  uri        TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_target ON blocks (target_id);

CREATE TABLE mutes (
  target_id     INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  notifications INTEGER NOT NULL,
  expires_at    INTEGER,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE domain_blocks (
  domain     TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE home (
  status_id INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE notifications (
  id         INTEGER PRIMARY KEY,
  type       TEXT    NOT NULL,                   -- Mastodon's words: mention, status, reblog, follow ...
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  status_id  INTEGER REFERENCES statuses (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX notifications_once ON notifications (account_id, type, coalesce(status_id, 0));
CREATE INDEX notifications_status ON notifications (status_id) WHERE status_id IS NOT NULL;

CREATE TABLE markers (
  timeline     TEXT PRIMARY KEY,
  last_read_id INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Federation: in -----------------------------------------------------------------------------------------------------

CREATE TABLE inbox_queue (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  activity_id TEXT    NOT NULL,
  actor_uri   TEXT    NOT NULL,
  host        TEXT    NOT NULL,                  -- the actor's: each host's activities are applied one after another
  personal    INTEGER NOT NULL,                  -- it came to the owner's own inbox, not to the shared one
  trusted     INTEGER NOT NULL,                  -- 0: signed by somebody else than its actor, so only the origin counts
  body        BLOB    NOT NULL,
  received_at INTEGER NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  due_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_queue_due ON inbox_queue (due_at, id);

CREATE TABLE seen_activities (
  activity_id TEXT PRIMARY KEY,
  seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_activities_age ON seen_activities (seen_at);

-- Why something was not taken: answers "why don't I see X?".
CREATE TABLE verdicts (
  id          INTEGER PRIMARY KEY,
  created_at  INTEGER NOT NULL,
  host        TEXT    NOT NULL,
  actor_uri   TEXT    NOT NULL,
  activity_id TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  object_uri  TEXT    NOT NULL,
  status      INTEGER NOT NULL,                  -- HTTP status answered; 202 when it was taken and then had no effect
  reason      TEXT    NOT NULL
) STRICT;
CREATE INDEX verdicts_object ON verdicts (object_uri);
CREATE INDEX verdicts_activity ON verdicts (activity_id);
CREATE INDEX verdicts_age ON verdicts (created_at);

-- Federation: out ----------------------------------------------------------------------------------------------------

CREATE TABLE outgoing (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  status_id  INTEGER,                            -- the post whose author may ask where this has arrived
  type       TEXT    NOT NULL,
  body       BLOB    NOT NULL,
  digest     BLOB    NOT NULL,                   -- SHA-256 of body
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outgoing_status ON outgoing (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX outgoing_age ON outgoing (created_at);

CREATE TABLE deliveries (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which an inbox gets them
  outgoing_id INTEGER NOT NULL REFERENCES outgoing (id) ON DELETE CASCADE,
  inbox       TEXT    NOT NULL,
  host        TEXT    NOT NULL,                  -- of the inbox, lower case, with a port that is not the scheme's own
  state       INTEGER NOT NULL,                  -- 0 waiting, 1 delivered, 2 refused
  attempts    INTEGER NOT NULL DEFAULT 0,
  last_at     INTEGER,                           -- the last attempt
  last_error  TEXT                               -- such as 'answered 503'
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries (inbox, id) WHERE state = 0;
CREATE INDEX deliveries_outgoing ON deliveries (outgoing_id);

-- One row for each inbox that has something waiting: its deliveries go out in order, one at a time.
CREATE TABLE lanes (
  inbox  TEXT PRIMARY KEY,
  host   TEXT    NOT NULL,
  due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lanes_due ON lanes (due_at);
CREATE INDEX lanes_host ON lanes (host, due_at);

-- Only hosts of which there is something to remember. One with failures gets one delivery at a time until one arrives.
CREATE TABLE hosts (
  host           TEXT PRIMARY KEY,
  signature      INTEGER NOT NULL DEFAULT 0,     -- 0 draft-cavage, 1 RFC 9421
  failures       INTEGER NOT NULL DEFAULT 0,     -- in a row
  failing_since  INTEGER,
  last_failed_at INTEGER,
  next_at        INTEGER NOT NULL DEFAULT 0,     -- while failing: no lane is due before
  asked_until    INTEGER,                        -- it asked with Retry-After to be left alone until then
  parked_at      INTEGER,                        -- failing for so long that only a rare probe goes out
  gone_at        INTEGER                         -- its shared inbox said 410: nothing goes there until it is heard from
) STRICT, WITHOUT ROWID;

-- Credentials --------------------------------------------------------------------------------------------------------

CREATE TABLE sessions (
  hash         BLOB PRIMARY KEY,
  id           INTEGER NOT NULL UNIQUE,
  user_agent   TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE apps (
  id            INTEGER PRIMARY KEY,
  client_id     TEXT    NOT NULL UNIQUE,
  secret_hash   BLOB    NOT NULL,
  name          TEXT    NOT NULL,
  website       TEXT,
  redirect_uris TEXT    NOT NULL,                -- one a line
  scopes        TEXT    NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE authorization_codes (
  hash           BLOB PRIMARY KEY,
  app_id         INTEGER NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  redirect_uri   TEXT    NOT NULL,
  scopes         TEXT    NOT NULL,
  code_challenge TEXT,
  expires_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE access_tokens (
  hash         BLOB PRIMARY KEY,
  id           INTEGER NOT NULL UNIQUE,
  app_id       INTEGER NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  by_owner     INTEGER NOT NULL,                 -- 0: a client-credentials token, which acts for nobody
  scopes       TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
  key        TEXT PRIMARY KEY,
  status_id  INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
