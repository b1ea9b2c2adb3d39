-- Which notifications are shown as one: those of one kind about one thing within twelve hours of the first. Null where each stands for itself.
ALTER TABLE notifications ADD COLUMN group_key TEXT;
UPDATE notifications SET group_key = type || '-' || coalesce(status_id || '-', '') || (created_at / 43200000)
  WHERE filtered = 0 AND type IN ('favourite', 'reblog', 'follow');
CREATE INDEX notifications_group ON notifications (group_key, id) WHERE group_key IS NOT NULL;
-- The oldest of what waits in the tray goes when too much does.
CREATE INDEX notifications_waiting ON notifications (id) WHERE filtered = 1;
