-- Accounts are found by the address of their page.
CREATE INDEX accounts_url ON accounts (url);

-- What refers to a row is looked for when the row goes, by reading the whole table where there is no index.
CREATE INDEX notifications_report ON notifications (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX authorization_codes_app ON authorization_codes (app_id);
CREATE INDEX access_tokens_app ON access_tokens (app_id);
CREATE INDEX reactions_account ON reactions (account_id);
