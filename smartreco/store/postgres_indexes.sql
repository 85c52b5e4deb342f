-- Only in PostgreSQL, and only for speed: rows that are looked for by one key.
CREATE INDEX IF NOT EXISTS order_lines_order ON order_lines (order_key);
CREATE INDEX IF NOT EXISTS order_lines_shop ON order_lines (retailer_key, ordered_on);
CREATE INDEX IF NOT EXISTS orders_key ON orders (order_key);
CREATE INDEX IF NOT EXISTS orders_id ON orders (order_id);
CREATE INDEX IF NOT EXISTS orders_shop ON orders (retailer_key, ordered_at);
CREATE INDEX IF NOT EXISTS weekly_sales_product ON weekly_sales (product_key, week);
CREATE INDEX IF NOT EXISTS weekly_sales_shop ON weekly_sales (retailer_key, product_key);
CREATE INDEX IF NOT EXISTS cancelled_lines_order ON cancelled_lines (order_key);
CREATE INDEX IF NOT EXISTS events_shop ON events (retailer_id, happened_at);
CREATE INDEX IF NOT EXISTS login_attempts_name ON login_attempts (username, happened_at);
CREATE INDEX IF NOT EXISTS audit_log_time ON audit_log (happened_at);
CREATE INDEX IF NOT EXISTS request_log_time ON request_log (happened_at);
