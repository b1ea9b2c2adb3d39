-- A signed-in browser is pushed to as well: then the subscription is of its session, not of an app's token.
ALTER TABLE push_subscriptions RENAME TO push_subscriptions_before;

CREATE TABLE push_subscriptions (
  id           INTEGER PRIMARY KEY,
  token_id     INTEGER UNIQUE REFERENCES access_tokens (id) ON DELETE CASCADE,
  session_id   INTEGER UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
  access_token TEXT    NOT NULL,                 -- apps find the account that a push is for by it, and it is kept nowhere else; empty for a browser
  endpoint     TEXT    NOT NULL,
  p256dh       BLOB    NOT NULL,                 -- the app's public key, 65 bytes
  auth         BLOB    NOT NULL,                 -- 16 bytes
  standard     INTEGER NOT NULL,                 -- 1: RFC 8291, 0: its draft aesgcm
  alerts       TEXT    NOT NULL,                 -- notification types with commas
  policy       TEXT    NOT NULL,                 -- all, followed, follower, none
  CHECK ((token_id IS NULL) != (session_id IS NULL))
) STRICT;
INSERT INTO push_subscriptions (id, token_id, access_token, endpoint, p256dh, auth, standard, alerts, policy)
  SELECT id, token_id, access_token, endpoint, p256dh, auth, standard, alerts, policy FROM push_subscriptions_before;

-- Renaming took its reference along.
ALTER TABLE pushes RENAME TO pushes_before;
DROP INDEX pushes_due;
DROP INDEX pushes_subscription;
DROP INDEX pushes_notification;
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
INSERT INTO pushes (id, subscription_id, notification_id, due_at, tries) SELECT id, subscription_id, notification_id, due_at, tries FROM pushes_before;
DROP TABLE pushes_before;
DROP TABLE push_subscriptions_before;
