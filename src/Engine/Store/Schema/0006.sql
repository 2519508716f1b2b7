-- By how much Intune's own count of managed devices exceeded those listed at the last believed read: the tenant's normal.
ALTER TABLE baseline ADD COLUMN device_excess INTEGER;
