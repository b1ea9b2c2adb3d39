-- A blocked domain has a severity, and can have its media refused alone. Numbers as in DomainSeverity: 0 none, 1 silence, 2 block.
ALTER TABLE domain_blocks ADD COLUMN id              INTEGER;
ALTER TABLE domain_blocks ADD COLUMN severity        INTEGER NOT NULL DEFAULT 2;
ALTER TABLE domain_blocks ADD COLUMN reject_media    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE domain_blocks ADD COLUMN reject_reports  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE domain_blocks ADD COLUMN public_comment  TEXT;
ALTER TABLE domain_blocks ADD COLUMN private_comment TEXT;
ALTER TABLE domain_blocks ADD COLUMN obfuscate       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE domain_blocks ADD COLUMN by_hand         INTEGER NOT NULL DEFAULT 1; -- 0: a subscribed list put it there and may lift it
UPDATE domain_blocks SET id = (created_at << 16) | (SELECT count(*) FROM domain_blocks o WHERE o.domain < domain_blocks.domain);
CREATE UNIQUE INDEX domain_blocks_id ON domain_blocks (id);

-- What the rules for its domain come to, so that a timeline need not compare names.
ALTER TABLE accounts ADD COLUMN domain_severity INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN rejects_media   INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET domain_severity = 2
WHERE domain != '' AND EXISTS (SELECT 1 FROM domain_blocks d WHERE accounts.domain = d.domain OR accounts.domain LIKE '%.' || d.domain);
