-- Films and sound are made ready after they were received. What waits lies in the folder media/waiting under its id.
ALTER TABLE uploads ADD COLUMN state      INTEGER NOT NULL DEFAULT 0; -- 0 ready, 1 waiting, 2 failed
ALTER TABLE uploads ADD COLUMN tries      INTEGER NOT NULL DEFAULT 0; -- begun so often, by whatever it was interrupted
ALTER TABLE uploads ADD COLUMN failure    TEXT;                       -- why, as apps are told
ALTER TABLE uploads ADD COLUMN duration   REAL;                       -- in seconds
ALTER TABLE uploads ADD COLUMN frame_rate TEXT;                       -- a fraction: 30000/1001
ALTER TABLE uploads ADD COLUMN bitrate    INTEGER;                    -- bits a second
CREATE INDEX uploads_waiting ON uploads (state, id) WHERE state = 1;

ALTER TABLE attachments ADD COLUMN duration   REAL;
ALTER TABLE attachments ADD COLUMN frame_rate TEXT;
ALTER TABLE attachments ADD COLUMN bitrate    INTEGER;
