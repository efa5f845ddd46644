-- Who waits for which act. Run by the owner; every statement can run again.

-- Without it, an act that nobody waits for is looked for on every stream. Without a list of what is still to be sorted in:
-- each batch pays its own, and no reader goes through that list.
CREATE INDEX IF NOT EXISTS states_by_act ON states USING gin (open) WITH (fastupdate = off);
