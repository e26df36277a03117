-- For SQLite and PostgreSQL; ${binary} is the collation by Unicode code point.

-- Whoever changes a cart takes the lock of this row first.
CREATE TABLE cart (
  customer TEXT NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL -- one more with every change
);

CREATE TABLE cart_item (
  customer TEXT NOT NULL,
  product  TEXT COLLATE ${binary} NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (customer, product)
);

-- What has been bought, and the answer to the request that did it.
CREATE TABLE purchase (
  idempotency_key TEXT NOT NULL PRIMARY KEY,
  customer        TEXT NOT NULL,
  request         TEXT NOT NULL, -- what was asked for, in one spelling
  items           TEXT NOT NULL, -- what was in the cart, in one spelling
  answer          TEXT NOT NULL
);
