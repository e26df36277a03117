-- For SQLite and PostgreSQL. Names sort by Unicode code point: ${binary} is the collation that does that.

CREATE TABLE product (
  name     TEXT COLLATE ${binary} NOT NULL PRIMARY KEY,
  amount   BIGINT NOT NULL CHECK (amount >= 0), -- in minor units of the currency
  currency VARCHAR(3) NOT NULL,
  stock    BIGINT NOT NULL CHECK (stock >= 0),
  version  BIGINT NOT NULL -- the number of the change that made it what it is
);

-- What has changed since a number.
CREATE INDEX product_version ON product (version);

-- Products that are no more, so that a copy of the database can follow.
CREATE TABLE removal (
  name    TEXT COLLATE ${binary} NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);

CREATE INDEX removal_version ON removal (version);

-- One row. Whoever writes takes its lock first, so that changes are committed in the order of their numbers.
CREATE TABLE change_count (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  identity TEXT NOT NULL, -- of this database
  changes  BIGINT NOT NULL
);

INSERT INTO change_count (id, identity, changes) VALUES (1, '${identity}', 0);

-- Keys on their way here from another database.
CREATE TABLE arrival (
  source   TEXT NOT NULL,   -- the other's identity
  key_range TEXT NOT NULL,
  position BIGINT NOT NULL, -- the other's changes up to this number are here, once it is not copying
  state    VARCHAR(10) NOT NULL CHECK (state IN ('copying', 'following', 'final')),
  PRIMARY KEY (source, key_range)
);
