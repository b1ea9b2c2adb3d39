ALTER TABLE status_edits ADD COLUMN attachments TEXT; -- JSON of the files that the version had; NULL where that was not kept yet
