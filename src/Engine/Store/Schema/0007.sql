-- What the next read is measured against, further: the members of the excluded groups, and how many mailboxes with devices had a user.
ALTER TABLE baseline ADD COLUMN excluded_users INTEGER;
ALTER TABLE baseline ADD COLUMN matched_owners INTEGER;

-- What to do about a failure, as it was told when the run failed.
ALTER TABLE run ADD COLUMN failure_remedy TEXT;
