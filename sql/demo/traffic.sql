-- One customer's turn in the demo's shop, as one transaction: a new order with its items, mostly paid at once; an older
-- order goes on; now and then one is returned and deleted, a user changes, a review is written anew.
-- $1 the turn's number
WITH turn AS (
    SELECT $1::bigint AS n
), customer AS (
    SELECT u.id, u.home FROM users u, turn WHERE u.id = 1 + turn.n * 7919 % 10000
), basket AS (
    SELECT p.id, p.price, row_number() OVER (ORDER BY p.id) AS line
      FROM products p, turn
     WHERE p.id IN (1 + turn.n * 31 % 1000, 1 + turn.n * 57 % 1000, 1 + turn.n * 91 % 1000)
), placed AS (
    INSERT INTO orders (user_id, total, ship_to, status)
    SELECT id, (SELECT sum(price) FROM basket), home,
           CASE WHEN turn.n % 4 > 0 THEN 'paid' ELSE 'new' END::order_status
      FROM customer, turn
    RETURNING id, total, status
), items AS (
    INSERT INTO order_items (order_id, line, product_id, quantity, unit_price)
    SELECT placed.id, basket.line, basket.id, 1, basket.price FROM placed, basket
), paid AS (
    INSERT INTO payments (id, order_id, amount, method, receipt)
    SELECT md5('payment ' || id)::uuid, id, total, 'card', jsonb_build_object('number', id, 'currency', 'EUR')
      FROM placed WHERE status = 'paid'
), sold AS (
    UPDATE products SET stock = greatest(stock - 1, 0) WHERE id IN (SELECT id FROM basket)
), seen AS (
    INSERT INTO events (user_id, kind, details)
    SELECT id, 'checkout', jsonb_build_object('turn', turn.n) FROM customer, turn
), shipped AS (
    UPDATE orders SET status = 'shipped' FROM turn WHERE orders.id = 1 + turn.n * 97 % 20000 AND status = 'paid'
), returned AS (
    DELETE FROM orders USING turn WHERE orders.id = 1 + turn.n * 113 % 20000 AND turn.n % 5 = 0
), moved AS (
    UPDATE users SET preferences = preferences || jsonb_build_object('visits', turn.n)
      FROM turn WHERE users.id = 1 + turn.n * 7919 % 10000 AND turn.n % 3 = 0
), reconsidered AS (
    UPDATE reviews SET stars = 1 + turn.n % 5 FROM turn WHERE reviews.id = 1 + turn.n % 2000
)
UPDATE "Loyalty Cards" SET points = points + 1 FROM customer WHERE user_id = customer.id;
