-- Collections of accounts that somebody recommends (FEP-7aa9): the owner's, and those of others that the owner is in.
CREATE TABLE account_collections (
  id           INTEGER PRIMARY KEY,
  account_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  uri          TEXT    UNIQUE,                  -- null for the owner's, whose follow from the id
  url          TEXT,
  name         TEXT    NOT NULL,
  description  TEXT    NOT NULL,                -- plain text of the owner's, sanitised HTML of others
  language     TEXT,
  sensitive    INTEGER NOT NULL,
  discoverable INTEGER NOT NULL,
  tag          TEXT,                            -- a hashtag without its sign
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX account_collections_account ON account_collections (account_id, created_at);

CREATE TABLE account_collection_items (
  id            INTEGER PRIMARY KEY,
  collection_id INTEGER NOT NULL REFERENCES account_collections (id) ON DELETE CASCADE,
  account_id    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  state         INTEGER NOT NULL,               -- 0 pending, 1 accepted, 2 rejected, 3 revoked
  position      INTEGER NOT NULL,               -- the first is 1
  request_uri   TEXT    UNIQUE,                 -- the FeatureRequest that asks, or asked, for consent
  approval_uri  TEXT,                           -- the consent, where the account's server keeps it
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  UNIQUE (collection_id, account_id)
) STRICT;
CREATE INDEX account_collection_items_account ON account_collection_items (account_id, collection_id);
CREATE INDEX account_collection_items_refused ON account_collection_items (updated_at) WHERE state > 1;

-- Who may put an account into collections, as its server says (interactionPolicy.canFeature). No row: it does not say.
CREATE TABLE feature_policies (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  automatic  INTEGER NOT NULL,                  -- bits: 1 everybody, 2 followers, 4 the followed, 8 somebody else
  manual     INTEGER NOT NULL                   -- the same, to be asked
) STRICT;
