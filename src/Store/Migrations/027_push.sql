-- Where apps want to be pushed what happens, and what is still to be pushed.
CREATE TABLE push_subscriptions (
  id           INTEGER PRIMARY KEY,
  token_id     INTEGER NOT NULL UNIQUE REFERENCES access_tokens (id) ON DELETE CASCADE,
  access_token TEXT    NOT NULL,                 -- apps find the account that a push is for by it, and it is kept nowhere else
  endpoint     TEXT    NOT NULL,
  p256dh       BLOB    NOT NULL,                 -- the app's public key, 65 bytes
  auth         BLOB    NOT NULL,                 -- 16 bytes
  standard     INTEGER NOT NULL,                 -- 1: RFC 8291, 0: its draft aesgcm
  alerts       TEXT    NOT NULL,                 -- notification types with commas
  policy       TEXT    NOT NULL                  -- all, followed, follower, none
) STRICT;

CREATE TABLE pushes (
  id              INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
  notification_id INTEGER NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
  due_at          INTEGER NOT NULL,
  tries           INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX pushes_due ON pushes (due_at);
CREATE INDEX pushes_subscription ON pushes (subscription_id);
CREATE INDEX pushes_notification ON pushes (notification_id);
