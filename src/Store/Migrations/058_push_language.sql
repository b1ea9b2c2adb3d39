-- What is pushed is said in the language in which it was subscribed to.
ALTER TABLE push_subscriptions ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
