-- Pages of some types of notifications.
CREATE INDEX notifications_type ON notifications (type, id);

-- The tokens that act for the owner: of others there can be any number, since anybody may register an app.
CREATE INDEX access_tokens_owner ON access_tokens (id) WHERE by_owner = 1;
