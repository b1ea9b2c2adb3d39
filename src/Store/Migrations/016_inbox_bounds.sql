-- Who delivered what waits in the inbox: each host may make us hold so much and no more.
ALTER TABLE inbox_queue ADD COLUMN carrier TEXT NOT NULL DEFAULT '';        -- the host that signed the request
ALTER TABLE inbox_queue ADD COLUMN fetches INTEGER NOT NULL DEFAULT 0;      -- made for it so far, by the ladder and by earlier tries
UPDATE inbox_queue SET carrier = host;

DROP INDEX inbox_queue_due;
CREATE INDEX inbox_queue_due ON inbox_queue (due_at, id, carrier);

-- The sums of inbox_queue, kept by the triggers below: counting anew at each arrival would make a flood costlier the longer it lasts.
CREATE TABLE inbox_held (
  carrier    TEXT PRIMARY KEY,
  activities INTEGER NOT NULL,
  bytes      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO inbox_held SELECT carrier, count(*), sum(length(body)) FROM inbox_queue GROUP BY carrier;

CREATE TRIGGER inbox_queue_added AFTER INSERT ON inbox_queue BEGIN
  INSERT INTO inbox_held (carrier, activities, bytes) VALUES (new.carrier, 1, length(new.body))
    ON CONFLICT (carrier) DO UPDATE SET activities = activities + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER inbox_queue_removed AFTER DELETE ON inbox_queue BEGIN
  UPDATE inbox_held SET activities = activities - 1, bytes = bytes - length(old.body) WHERE carrier = old.carrier;
  DELETE FROM inbox_held WHERE carrier = old.carrier AND activities <= 0;
END;

CREATE INDEX verdicts_host ON verdicts (host, id);
