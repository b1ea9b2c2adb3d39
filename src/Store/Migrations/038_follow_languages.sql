-- In which languages the owner wants to read somebody: codes with commas between them, none for all.
ALTER TABLE follows ADD COLUMN languages TEXT NOT NULL DEFAULT '';
