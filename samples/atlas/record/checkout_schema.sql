CREATE TABLE articles (id int PRIMARY KEY, cents int NOT NULL, stock int NOT NULL);
CREATE TABLE customers (id int PRIMARY KEY, balance_cents bigint NOT NULL);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer int NOT NULL REFERENCES customers, total_cents bigint, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE order_lines (order_id bigint NOT NULL REFERENCES orders, article int NOT NULL REFERENCES articles, n int NOT NULL, cents int NOT NULL, PRIMARY KEY (order_id, article));
CREATE INDEX ON orders (customer);
INSERT INTO articles SELECT i, 99 + (i * 7919) % 20000, 1000000 FROM generate_series(1, 8000) AS i;
INSERT INTO customers SELECT i, 0 FROM generate_series(1, 20000) AS i;
INSERT INTO orders (customer, total_cents) SELECT 1 + (i * 7919) % 20000, i % 50000 FROM generate_series(1, 60000) AS i;
ANALYZE;
