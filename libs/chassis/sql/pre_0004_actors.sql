-- In which role, for which party and where somebody acts whose act leads to more. Run by the owner; it can run again.
ALTER TABLE agenda
    ADD COLUMN IF NOT EXISTS authrole text,
    ADD COLUMN IF NOT EXISTS authparty text,
    ADD COLUMN IF NOT EXISTS authpartyissuer text,
    ADD COLUMN IF NOT EXISTS authplaces text;
