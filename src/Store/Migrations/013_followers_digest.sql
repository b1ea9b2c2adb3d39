-- What goes to the owner's followers says which of them are on the receiving server (FEP-8fcf).
ALTER TABLE outgoing ADD COLUMN to_followers INTEGER NOT NULL DEFAULT 0;
