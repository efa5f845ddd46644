-- By which numbers streams are found. It follows from the journal, as states do. Run by the owner.
CREATE TABLE IF NOT EXISTS numbers (
    number text NOT NULL,
    stream text NOT NULL,
    partition smallint NOT NULL,
    PRIMARY KEY (number, stream)
);
CREATE INDEX IF NOT EXISTS numbers_by_partition ON numbers (partition);
COMMENT ON TABLE numbers IS 'By which numbers streams are found; it follows from the journal and can be written anew';
COMMENT ON COLUMN numbers.number IS 'In one spelling';
COMMENT ON COLUMN numbers.stream IS 'That somebody called so, or that has it in its papers';
COMMENT ON COLUMN numbers.partition IS 'Of the journal';
GRANT SELECT, INSERT, DELETE ON numbers TO {login};
