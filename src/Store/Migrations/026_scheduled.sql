-- Posts that the owner wrote for later.
CREATE TABLE scheduled_statuses (
  id     INTEGER PRIMARY KEY,                    -- newer is larger
  due_at INTEGER NOT NULL,
  draft  TEXT    NOT NULL                        -- JSON, as Federation/Outbox/ScheduledDraft has it
) STRICT;
CREATE INDEX scheduled_statuses_due ON scheduled_statuses (due_at);
