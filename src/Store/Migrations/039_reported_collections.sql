-- Collections of accounts that a report is about.
ALTER TABLE reports ADD COLUMN collection_ids TEXT NOT NULL DEFAULT '[]';
