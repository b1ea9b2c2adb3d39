-- Collections of accounts that others keep.
ALTER TABLE account_collection_items ADD COLUMN uri TEXT;   -- of an account in somebody else's collection; null until that is told
CREATE UNIQUE INDEX account_collection_items_uri ON account_collection_items (uri);

-- Where an account's server lists its collections, and when it was last asked.
CREATE TABLE collection_addresses (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  uri        TEXT    NOT NULL,
  fetched_at INTEGER
) STRICT;
