-- When the owner was done with a report, and the accounts that a rule for their domain touches, which are few.
ALTER TABLE reports ADD COLUMN action_taken_at INTEGER;
CREATE INDEX accounts_marked ON accounts (domain_severity, id) WHERE domain_severity > 0;
