-- Notifications that are about a collection of accounts.
ALTER TABLE notifications ADD COLUMN collection_id INTEGER REFERENCES account_collections (id) ON DELETE CASCADE;
CREATE INDEX notifications_collection ON notifications (collection_id) WHERE collection_id IS NOT NULL;
DROP INDEX notifications_once;
CREATE UNIQUE INDEX notifications_once ON notifications (account_id, type, coalesce(status_id, report_id, collection_id, 0));
