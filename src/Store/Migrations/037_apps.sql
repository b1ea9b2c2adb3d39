-- Anybody may register an app, and each time those that nobody signed in with are forgotten: by their age, and with a look for posts made with them.
CREATE INDEX apps_created ON apps (created_at);
CREATE INDEX statuses_app ON statuses (app_id) WHERE app_id IS NOT NULL;
