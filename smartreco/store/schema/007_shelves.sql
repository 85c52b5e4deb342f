-- What shops say of their own shelves. Text ids, since both outlive a re-import; stock levels
-- that came with the data stay in stock_levels.

CREATE TABLE shelf_counts (
    retailer_id VARCHAR NOT NULL,
    product_id VARCHAR NOT NULL,
    counted_on DATE NOT NULL,
    pieces INTEGER NOT NULL,             -- on the shelf, 0 or more
    username VARCHAR NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (retailer_id, product_id, counted_on)
);

-- how sure a shop wants to be, and how often it orders
CREATE TABLE shop_settings (
    retailer_id VARCHAR PRIMARY KEY,
    service DOUBLE NOT NULL,             -- chance that a product lasts until the next order arrives
    review_days INTEGER NOT NULL
);
