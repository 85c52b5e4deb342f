-- What vendors do with their stock, their data and their part of orders. Text ids where rows
-- are read beside an import, which looks for them by these.

-- One vendor's part of an order that was placed in the application.
CREATE TABLE order_parts (
    order_key BIGINT NOT NULL,
    vendor_key INTEGER NOT NULL,         -- 0: products without a vendor
    status VARCHAR NOT NULL,             -- placed | confirmed | delivered | cancelled
    delivered_on DATE,
    settled_at TIMESTAMP NOT NULL,       -- real time in UTC of what its status says
    settled_by VARCHAR NOT NULL,
    reason VARCHAR,                      -- that a vendor gave for refusing it
    PRIMARY KEY (order_key, vendor_key)
);

INSERT INTO order_parts
SELECT DISTINCT o.order_key, coalesce(g.vendor_key, 0), o.status, o.delivered_on,
       coalesce(p.cancelled_at, p.placed_at), coalesce(p.cancelled_by, p.username), NULL
FROM placements p JOIN orders o USING (order_key)
JOIN (
    SELECT order_key, product_key FROM order_lines
    UNION
    SELECT order_key, product_key FROM cancelled_lines
) l ON l.order_key = p.order_key
JOIN products g ON g.product_key = l.product_key;

-- Changes of the data that leave past demand as it was, each with the version of the data it
-- made: forecasts need not be made anew for them. (Orders placed and cancelled as a whole are
-- in placements.)
CREATE TABLE data_acts (
    data_version BIGINT PRIMARY KEY,
    kind VARCHAR NOT NULL                -- counted | settled
);

-- Counts that a vendor typed; the figures themselves are in stock_levels.
CREATE TABLE vendor_counts (
    product_id VARCHAR NOT NULL,
    counted_on DATE NOT NULL,
    username VARCHAR NOT NULL,
    entered_at TIMESTAMP NOT NULL,       -- real time in UTC: what was delivered before is not in it
    PRIMARY KEY (product_id, counted_on)
);

-- Promotions that were entered or taken away here: an import does not bring the latter back.
CREATE TABLE promotion_edits (
    product_id VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    depth DOUBLE NOT NULL,
    act VARCHAR NOT NULL,                -- added | removed
    username VARCHAR NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (product_id, starts_on, ends_on, depth)
);

-- Fields of products and vendors that were changed here: an import that repeats the old value
-- changes nothing, one that says something new takes the edit's place.
CREATE TABLE data_edits (
    kind VARCHAR NOT NULL,               -- product | vendor
    id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    old JSON NOT NULL,                   -- as imported
    new JSON NOT NULL,
    username VARCHAR NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (kind, id, field)
);

-- What a vendor keeps stock for.
CREATE TABLE vendor_settings (
    vendor_id VARCHAR PRIMARY KEY,
    service DOUBLE NOT NULL,             -- chance that a product lasts until what is ordered is there
    review_days INTEGER NOT NULL,
    lead_days INTEGER                    -- NULL: as the data say
);
