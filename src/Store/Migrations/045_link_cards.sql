-- What pages say of themselves, each fetched once for all posts that link to it; and what servers of posts say of a page themselves.
ALTER TABLE cards RENAME TO cards_before;
DROP INDEX cards_url;

CREATE TABLE cards (
  id                INTEGER PRIMARY KEY,
  url               TEXT    NOT NULL,            -- as posts have it
  sent              INTEGER NOT NULL DEFAULT 0,  -- 1: the server of a post says this, which counts for that post only
  host              TEXT    NOT NULL DEFAULT '',
  due_at            INTEGER,                     -- when the page is to be fetched, 0 before all others; null when it is not
  fetched_at        INTEGER,                     -- when that was tried the last time
  address           TEXT,                        -- what the page itself says is its address
  title             TEXT    NOT NULL DEFAULT '', -- empty when nothing could be had
  description       TEXT    NOT NULL DEFAULT '',
  image_url         TEXT,
  type              INTEGER NOT NULL DEFAULT 0,  -- 0 a link, 1 a photo
  image_description TEXT    NOT NULL DEFAULT '',
  width             INTEGER NOT NULL DEFAULT 0,
  height            INTEGER NOT NULL DEFAULT 0,
  language          TEXT,
  provider_name     TEXT    NOT NULL DEFAULT '',
  provider_url      TEXT    NOT NULL DEFAULT '',
  author_name       TEXT    NOT NULL DEFAULT '',
  author_url        TEXT    NOT NULL DEFAULT '',
  author_id         INTEGER,                     -- of an account, which may be gone
  published_at      INTEGER
) STRICT;
CREATE UNIQUE INDEX cards_page ON cards (url) WHERE sent = 0;
CREATE INDEX cards_waiting ON cards (host, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX cards_failed ON cards (fetched_at) WHERE title = '' AND due_at IS NULL;

-- The card of a status.
CREATE TABLE status_cards (
  status_id INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  card_id   INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
  url       TEXT     -- the page's address, by which uses are counted; null until the page has been fetched
) STRICT;
CREATE INDEX status_cards_card ON status_cards (card_id);
CREATE INDEX status_cards_url ON status_cards (url);

-- Until now there were only cards that servers of posts sent.
INSERT INTO cards (id, url, sent, title, description, image_url)
SELECT row_number() OVER (ORDER BY status_id), url, 1, title, description, image_url FROM cards_before;
INSERT INTO status_cards (status_id, card_id, url)
SELECT status_id, row_number() OVER (ORDER BY status_id), url FROM cards_before;
DROP TABLE cards_before;

-- A card goes with the last status that has it. That a page could not be had is remembered a while longer.
CREATE TRIGGER card_unused AFTER DELETE ON status_cards BEGIN
  DELETE FROM cards WHERE id = old.card_id AND (title != '' OR sent = 1 OR fetched_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM status_cards x WHERE x.card_id = old.card_id);
END;

CREATE TRIGGER search_card_added AFTER INSERT ON status_cards WHEN new.url IS NOT NULL BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_card_came AFTER UPDATE OF url ON status_cards BEGIN
  INSERT INTO status_search_waiting VALUES (new.status_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_card_removed AFTER DELETE ON status_cards WHEN old.url IS NOT NULL BEGIN
  INSERT INTO status_search_waiting VALUES (old.status_id) ON CONFLICT DO NOTHING;
END;
