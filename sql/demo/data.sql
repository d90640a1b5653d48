-- About 100,000 rows for the demo's shop, the same ones each time.
SELECT setseed(0.42);

INSERT INTO users (email, name, home, tags, preferences, created_at)
SELECT 'user' || n || '@example.com',
       (ARRAY['Ada', 'Grace', 'Edgar', 'Barbara', 'Michael', 'Frances', 'Jim', 'Radia', 'Tony', E'Zo\u00EB'])[1 + n % 10]
           || ' ' || (ARRAY['Lovelace', 'Hopper', 'Codd', 'Liskov', 'Gray', 'Allen', E'M\u00FCller'])[1 + n % 7],
       ROW(n % 300 + 1 || ' High Street', (ARRAY['Oslo', E'Ky\u014Dto', 'Lima', 'Graz'])[1 + n % 4], 10000 + n % 8000)::address,
       CASE n % 3 WHEN 0 THEN '{}' WHEN 1 THEN '{new}' ELSE '{gold,"early bird"}' END::text[],
       jsonb_build_object('newsletter', n % 2 = 0, 'theme', CASE WHEN n % 5 = 0 THEN 'dark' ELSE 'light' END),
       now() - random() * interval '2 years'
  FROM generate_series(1, 10000) n;

INSERT INTO products (code, name, price, stock, description)
SELECT md5('product ' || n)::uuid,
       (ARRAY['Red', 'Small', 'Wooden', 'Quiet', 'Smart'])[1 + n % 5] || ' '
           || (ARRAY['lamp', 'chair', 'kettle', 'radio', 'clock', 'desk', 'shelf'])[1 + n % 7] || ' ' || n,
       round((1 + random() * 500)::numeric, 2), (random() * 1000)::int,
       CASE WHEN n % 4 > 0 THEN 'It''s well made; a "classic".' END
  FROM generate_series(1, 1000) n;

INSERT INTO orders (user_id, status, placed_at, ship_to)
SELECT 1 + (random() * 9999)::int,
       (ARRAY['new', 'paid', 'paid', 'shipped', 'shipped', 'shipped', 'returned'])[1 + n % 7]::order_status,
       now() - (20000 - n) * interval '10 minutes',
       CASE WHEN n % 10 = 0 THEN ROW('Locker ' || n, 'Oslo', NULL)::address END
  FROM generate_series(1, 20000) n;

INSERT INTO order_items (order_id, line, product_id, quantity, unit_price)
SELECT o.id, line, p.id, 1 + (o.id + line) % 3, p.price
  FROM orders o
 CROSS JOIN LATERAL generate_series(1, 1 + (o.id % 4)::int) line
  JOIN products p ON p.id = 1 + (o.id * 7 + line * 13) % 1000;

UPDATE orders o
   SET total = i.total
  FROM (SELECT order_id, sum(quantity * unit_price) AS total FROM order_items GROUP BY order_id) i
 WHERE i.order_id = o.id;

INSERT INTO payments (id, order_id, amount, method, receipt, paid_at)
SELECT md5('payment ' || id)::uuid, id, total, (ARRAY['card', 'transfer', 'voucher'])[1 + id % 3],
       jsonb_build_object('number', id, 'currency', 'EUR', 'lines', id % 4 + 1), placed_at + interval '5 minutes'
  FROM orders
 WHERE status <> 'new' AND id % 4 > 0;

INSERT INTO reviews (product_id, user_id, stars, body)
SELECT 1 + n % 1000, 1 + (n * 7) % 10000, 1 + n % 5,
       repeat('Review ' || n || ': it does what it says, and says it in ' || n % 12 || ' languages. ', 1 + n % 60)
  FROM generate_series(1, 2000) n;

INSERT INTO events (user_id, kind, details, occurred_at)
SELECT 1 + (n * 13) % 10000, (ARRAY['login', 'search', 'basket', 'checkout'])[1 + n % 4],
       jsonb_build_object('channel', 'web', 'ms', n % 900), now() - (8000 - n) * interval '1 minute'
  FROM generate_series(1, 8000) n;

INSERT INTO "Loyalty Cards" ("Number", user_id, valid, points)
SELECT 'C-' || lpad(n::text, 6, '0'), n * 5, daterange('2024-01-01', ('2026-01-01'::date + n)), n % 700
  FROM generate_series(1, 1500) n;
