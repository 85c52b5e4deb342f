-- The data set: who trades what with whom. Integer keys serve the joins, text ids the people.
-- No foreign keys, sequences or generated columns (see README, "One store, two homes"):
-- integrity is checked where data enters.

CREATE TABLE dataset_info (
    id INTEGER PRIMARY KEY,              -- always 1: one store holds one data set
    name VARCHAR NOT NULL,
    currency VARCHAR NOT NULL,
    locale VARCHAR NOT NULL,
    provenance VARCHAR NOT NULL,         -- demo | sample | imported
    credit VARCHAR NOT NULL,
    data_version BIGINT NOT NULL,        -- grows with every change of the data; a model names the one it knows
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE vendors (
    vendor_key INTEGER PRIMARY KEY,
    vendor_id VARCHAR NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    city VARCHAR,
    region VARCHAR,
    lead_time_days INTEGER,
    min_order_value DOUBLE               -- currency of the data set
);

CREATE TABLE products (
    product_key INTEGER PRIMARY KEY,
    product_id VARCHAR NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    subcategory VARCHAR,
    vendor_key INTEGER,
    case_size INTEGER NOT NULL,          -- pieces; 1 where cases are unknown
    unit_cost DOUBLE,
    list_price DOUBLE,
    launched_on DATE,
    active BOOLEAN NOT NULL
);

CREATE TABLE retailers (
    retailer_key INTEGER PRIMARY KEY,
    retailer_id VARCHAR NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    city VARCHAR,
    region VARCHAR,
    segment VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    credit_limit DOUBLE,
    open_to_vendors BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL
);

CREATE TABLE orders (
    order_key BIGINT NOT NULL,
    order_id VARCHAR NOT NULL,
    retailer_key INTEGER NOT NULL,
    ordered_at TIMESTAMP NOT NULL,
    status VARCHAR NOT NULL,             -- placed | confirmed | delivered | cancelled
    delivered_on DATE,
    blend_version INTEGER
);

CREATE TABLE order_lines (
    order_key BIGINT NOT NULL,
    line_id VARCHAR NOT NULL,            -- given, or product_id#occurrence
    retailer_key INTEGER NOT NULL,       -- repeated from the order: saves the join over millions of lines
    product_key INTEGER NOT NULL,
    ordered_on DATE NOT NULL,
    quantity INTEGER NOT NULL,           -- pieces that stayed: above 0
    unit_price DOUBLE NOT NULL,
    batch_id INTEGER NOT NULL,
    ordered_quantity INTEGER NOT NULL    -- pieces as ordered, before returns took some off
);

-- lines of which nothing stayed: returned piece by piece, or cancelled by their own status
CREATE TABLE cancelled_lines (
    order_key BIGINT NOT NULL,
    line_id VARCHAR NOT NULL,
    retailer_key INTEGER NOT NULL,
    product_key INTEGER NOT NULL,
    ordered_on DATE NOT NULL,
    unit_price DOUBLE NOT NULL,
    batch_id INTEGER NOT NULL,
    ordered_quantity INTEGER NOT NULL,
    by_status BOOLEAN NOT NULL
);

-- what shops sent back; kept, so that overlapping exports net to the same as one
CREATE TABLE returned_lines (
    order_id VARCHAR NOT NULL,
    line_id VARCHAR NOT NULL,
    retailer_id VARCHAR NOT NULL,        -- text ids: the line that is undone may never have come
    product_id VARCHAR NOT NULL,
    ordered_at TIMESTAMP NOT NULL,
    quantity INTEGER NOT NULL,           -- pieces, above 0
    batch_id INTEGER NOT NULL
);

-- product x retailer x week, kept by the import: what dashboards read
CREATE TABLE weekly_sales (
    week DATE NOT NULL,                  -- Monday
    retailer_key INTEGER NOT NULL,
    product_key INTEGER NOT NULL,
    quantity BIGINT NOT NULL,
    value DOUBLE NOT NULL,
    lines INTEGER NOT NULL
);

CREATE TABLE stock_levels (
    holder_kind VARCHAR NOT NULL,        -- retailer | vendor
    holder_key INTEGER NOT NULL,
    product_key INTEGER NOT NULL,
    "at" DATE NOT NULL,
    on_hand INTEGER NOT NULL,
    on_order INTEGER NOT NULL,
    PRIMARY KEY (holder_kind, holder_key, product_key, "at")
);

CREATE TABLE promotions (
    product_key INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    depth DOUBLE NOT NULL
);

CREATE TABLE calendar (
    festival VARCHAR NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (festival, day)
);

CREATE TABLE import_batches (
    batch_id INTEGER PRIMARY KEY,
    imported_at TIMESTAMP NOT NULL,
    username VARCHAR NOT NULL,
    files VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_kept BIGINT NOT NULL,
    rows_fixed BIGINT NOT NULL,
    rows_quarantined BIGINT NOT NULL,
    lines_added BIGINT NOT NULL,
    lines_replaced BIGINT NOT NULL,
    lines_unchanged BIGINT NOT NULL,
    accounting JSON NOT NULL
);

-- every row that was changed or set aside on its way in, with the reason and the row as it came
CREATE TABLE quarantine (
    batch_id INTEGER NOT NULL,
    file VARCHAR NOT NULL,
    row_number BIGINT NOT NULL,          -- 1-based, as in the file below its header
    outcome VARCHAR NOT NULL,            -- fixed | quarantined
    reason VARCHAR NOT NULL,             -- code, see dataset/reasons.py
    also VARCHAR NOT NULL,               -- further codes, comma-separated
    original JSON NOT NULL
);
