CREATE TABLE counter (name TEXT COLLATE ${binary} NOT NULL PRIMARY KEY, value BIGINT NOT NULL);

INSERT INTO counter (name, value) VALUES ('${identity}', 0);
