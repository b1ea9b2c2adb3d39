-- Full-text search. The words come from C# (src/Search), so triggers only note what changed; it is read again in batches, a second later
-- or when somebody searches. Everything that was here before waits too, newest first.
CREATE VIRTUAL TABLE status_search USING fts5(
  words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
CREATE TABLE status_search_waiting (status_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO status_search_waiting SELECT id FROM statuses WHERE boost_of_id IS NULL;

CREATE VIRTUAL TABLE account_search USING fts5(
  words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
CREATE TABLE account_search_waiting (account_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO account_search_waiting SELECT id FROM accounts;

-- What statuses say. Parts that are added with their status or its edit need no trigger of their own.
CREATE TRIGGER search_status_added AFTER INSERT ON statuses BEGIN
  INSERT INTO status_search_waiting SELECT coalesce(new.boost_of_id, new.id)
  WHERE new.boost_of_id IS NULL OR new.account_id = (SELECT id FROM accounts WHERE domain = '') ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_status_changed AFTER UPDATE OF title, content, spoiler_text, sensitive, language, visibility ON statuses
WHEN new.boost_of_id IS NULL BEGIN
  INSERT INTO status_search_waiting VALUES (new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_status_removed AFTER DELETE ON statuses WHEN old.boost_of_id IS NULL BEGIN
  DELETE FROM status_search WHERE rowid = old.id;
  DELETE FROM status_search_waiting WHERE status_id = old.id;
END;
CREATE TRIGGER search_boost_removed AFTER DELETE ON statuses
WHEN old.boost_of_id IS NOT NULL AND old.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO status_search_waiting VALUES (old.boost_of_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_attachment_changed AFTER UPDATE OF status_id, type, description ON attachments BEGIN
  INSERT INTO status_search_waiting SELECT new.status_id WHERE new.status_id IS NOT NULL ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_attachment_removed AFTER DELETE ON attachments BEGIN
  INSERT INTO status_search_waiting SELECT old.status_id WHERE old.status_id IS NOT NULL ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_poll_changed AFTER UPDATE OF options ON polls
WHEN (SELECT group_concat(value ->> 'title', char(10)) FROM json_each(old.options))
  IS NOT (SELECT group_concat(value ->> 'title', char(10)) FROM json_each(new.options)) BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_poll_removed AFTER DELETE ON polls BEGIN
  INSERT INTO status_search_waiting VALUES (old.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_card_added AFTER INSERT ON cards BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_card_removed AFTER DELETE ON cards BEGIN
  INSERT INTO status_search_waiting VALUES (old.status_id) ON CONFLICT DO NOTHING;
END;

-- What the owner had to do with them, and whether their authors let them be found.
CREATE TRIGGER search_mention_added AFTER INSERT ON mentions WHEN new.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_favourite_added AFTER INSERT ON favourites WHEN new.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_favourite_removed AFTER DELETE ON favourites WHEN old.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO status_search_waiting VALUES (old.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_bookmark_added AFTER INSERT ON bookmarks BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_bookmark_removed AFTER DELETE ON bookmarks BEGIN
  INSERT INTO status_search_waiting VALUES (old.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_vote_added AFTER INSERT ON poll_votes WHEN new.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_vote_removed AFTER DELETE ON poll_votes WHEN old.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO status_search_waiting VALUES (old.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_indexable_changed AFTER UPDATE OF indexable ON accounts WHEN new.indexable != old.indexable BEGIN
  INSERT INTO status_search_waiting SELECT id FROM statuses WHERE account_id = new.id AND visibility = 0 AND boost_of_id IS NULL ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_account_added AFTER INSERT ON accounts BEGIN
  INSERT INTO account_search_waiting VALUES (new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_account_changed AFTER UPDATE OF username, domain, display_name ON accounts
WHEN new.username != old.username OR new.domain != old.domain OR new.display_name != old.display_name BEGIN
  INSERT INTO account_search_waiting VALUES (new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_account_removed AFTER DELETE ON accounts BEGIN
  DELETE FROM account_search WHERE rowid = old.id;
  DELETE FROM account_search_waiting WHERE account_id = old.id;
END;
CREATE TRIGGER search_follow_added AFTER INSERT ON follows WHEN new.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO account_search_waiting VALUES (new.target_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_follow_changed AFTER UPDATE OF accepted ON follows WHEN new.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO account_search_waiting VALUES (new.target_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_follow_removed AFTER DELETE ON follows WHEN old.account_id = (SELECT id FROM accounts WHERE domain = '') BEGIN
  INSERT INTO account_search_waiting VALUES (old.target_id) ON CONFLICT DO NOTHING;
END;
