-- Lists of domains that others publish and the owner subscribes to; domain_blocks has what they come to (by_hand = 0).
CREATE TABLE blocklists (
  id         INTEGER PRIMARY KEY,
  url        TEXT    NOT NULL UNIQUE,
  etag       TEXT,
  created_at INTEGER NOT NULL,
  checked_at INTEGER NOT NULL,
  error      TEXT                                -- why the last look at it failed
) STRICT;

CREATE TABLE blocklist_entries (
  list_id        INTEGER NOT NULL REFERENCES blocklists (id) ON DELETE CASCADE,
  domain         TEXT    NOT NULL,
  severity       INTEGER NOT NULL,
  reject_media   INTEGER NOT NULL,
  reject_reports INTEGER NOT NULL,
  public_comment TEXT,
  obfuscate      INTEGER NOT NULL,
  held           INTEGER NOT NULL,               -- came later and would end follows: silences until the owner says yes
  PRIMARY KEY (list_id, domain)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocklist_entries_domain ON blocklist_entries (domain);
