-- The demo's unique constraints, indexes and foreign keys, and the planner's statistics.
ALTER TABLE users ADD UNIQUE (email);
ALTER TABLE products ADD UNIQUE (code);
CREATE INDEX ON orders (user_id);
CREATE INDEX ON orders (placed_at) WHERE status = 'new';
CREATE INDEX ON payments (order_id);
CREATE INDEX ON users USING gin (preferences);
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE order_items
    ADD FOREIGN KEY (order_id) REFERENCES orders ON DELETE CASCADE,
    ADD FOREIGN KEY (product_id) REFERENCES products;
ALTER TABLE payments ADD FOREIGN KEY (order_id) REFERENCES orders ON DELETE CASCADE;
ALTER TABLE reviews
    ADD FOREIGN KEY (product_id) REFERENCES products,
    ADD FOREIGN KEY (user_id) REFERENCES users;
ANALYZE;
