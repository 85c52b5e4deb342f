-- Orders that were placed in the application. They are orders like all others (orders,
-- order_lines with batch_id 0, weekly_sales); here is what only they have.

CREATE TABLE placements (
    order_key BIGINT PRIMARY KEY,
    username VARCHAR NOT NULL,           -- who placed it
    placed_at TIMESTAMP NOT NULL,        -- real time in UTC; orders.ordered_at is on the data's own clock
    stock_day DATE NOT NULL,             -- vendor stock recorded up to this day does not know of the order
    data_version BIGINT NOT NULL,        -- of the data with the order: a model below it has not seen it
    note VARCHAR NOT NULL,
    cancelled_at TIMESTAMP,
    cancelled_by VARCHAR
);
