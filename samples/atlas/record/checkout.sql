-- One checkout: a cart of 1 to 1,500 lines (most are small, a business customer's is not), priced, taken from stock, committed.
\set customer random_zipfian(1, 20000, 1.1)
\set lines random_zipfian(1, 1500, 1.35)
\set first random(1, 8000)
\set step random(1, 7)
BEGIN;
SELECT balance_cents FROM customers WHERE id = :customer FOR UPDATE;
SELECT count(*), sum(total_cents) FROM orders WHERE customer = :customer;
INSERT INTO orders (customer) VALUES (:customer) RETURNING id AS order_id \gset
UPDATE articles SET stock = stock - 1 WHERE id IN (SELECT 1 + (:first + i * :step) % 8000 FROM generate_series(1, :lines) AS i);
INSERT INTO order_lines SELECT :order_id, a.id, 1, a.cents FROM articles AS a
  WHERE a.id IN (SELECT 1 + (:first + i * :step) % 8000 FROM generate_series(1, :lines) AS i);
UPDATE orders SET total_cents = (SELECT sum(n * cents) FROM order_lines WHERE order_id = :order_id) WHERE id = :order_id;
UPDATE customers SET balance_cents = balance_cents + (SELECT total_cents FROM orders WHERE id = :order_id) WHERE id = :customer;
COMMIT;
