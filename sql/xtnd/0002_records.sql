-- Records: one table per entity. Canonical columns for SQL, beside them the store's exact JSON in body.
-- The tenant leads every key, so not even a guessed connection id can reach another tenant's row. Partitions keep one store's bulk (vacuum, index
-- depth) from another's lookup. No foreign key to connection: it would cost a check per row; RecordStore.EraseConnection removes in batches.
-- Indexes are three, because each is paid for with every change: the key, the change feed, and the name people know a record by.
-- Two of them are partial with a condition that always holds: without statistics the planner takes any index that starts with the connection for
-- as good as the key and would read the whole connection to find one record; these it can take only for a query that states the condition.
-- json, not jsonb: it keeps numbers and order of members exactly and is parsed twice as fast; body->>'name' works on both.

-- The door of every write. Holds the cursor until the transaction ends, so writers pass one after another and seq has no gaps.
-- The settings live as long as the transaction: rows are looked up by key even when a table without statistics looks small enough to scan, and a
-- page waits in memory, not in a temporary file.
CREATE FUNCTION xtnd.fence(p_tenant uuid, p_connection uuid, p_entity text, p_run uuid, p_epoch bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM xtnd.cursor c
    WHERE c.tenant_id = p_tenant AND c.connection_id = p_connection AND c.entity = p_entity AND c.epoch = p_epoch AND c.run_id = p_run
      AND EXISTS (SELECT FROM xtnd.run r WHERE r.tenant_id = p_tenant AND r.connection_id = p_connection AND r.id = p_run)
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another loop has taken over this entity, or its run has ended' USING ERRCODE = 'XF001';
    END IF;
    PERFORM set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true);
END $$;

CREATE TABLE xtnd.product (
    tenant_id         uuid NOT NULL,
    connection_id     uuid NOT NULL,
    external_id       text COLLATE "C" NOT NULL, -- the store's id
    sku               text COLLATE "C",
    name              text,
    type              text,
    status            text,
    price             numeric,
    currency          text,
    quantity          numeric,
    source_created_at timestamptz,               -- by the store's clock, as all source_ columns
    source_updated_at timestamptz,
    first_seen_at     timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL,      -- when we last saw it differ
    deleted_at        timestamptz,               -- when a sweep found it gone; null: it is there
    seq               bigint NOT NULL,           -- change number; the highest of the entity is cursor.last_seq
    hash              uuid NOT NULL,             -- XXH128 of body
    body              json NOT NULL,             -- the store's own JSON, every byte of it
    PRIMARY KEY (tenant_id, connection_id, external_id)
) PARTITION BY HASH (connection_id);
CREATE UNIQUE INDEX product_seq ON xtnd.product (tenant_id, connection_id, seq) WHERE seq > 0;
CREATE INDEX product_sku ON xtnd.product (tenant_id, connection_id, sku) WHERE sku IS NOT NULL;

CREATE TABLE xtnd.order (
    tenant_id         uuid NOT NULL,
    connection_id     uuid NOT NULL,
    external_id       text COLLATE "C" NOT NULL,
    number            text COLLATE "C",
    state             text,
    status            text,
    currency          text,
    grand_total       numeric,
    customer_email    text,
    customer_name     text,
    placed_at         timestamptz,
    lines             jsonb NOT NULL,            -- [{sku, name, quantity, price, rowTotal}]; as rows: xtnd.order_line
    source_created_at timestamptz,
    source_updated_at timestamptz,
    first_seen_at     timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL,
    deleted_at        timestamptz,
    seq               bigint NOT NULL,
    hash              uuid NOT NULL,
    body              json NOT NULL,
    PRIMARY KEY (tenant_id, connection_id, external_id)
) PARTITION BY HASH (connection_id);
CREATE UNIQUE INDEX order_seq ON xtnd.order (tenant_id, connection_id, seq) WHERE seq > 0;
CREATE INDEX order_number ON xtnd.order (tenant_id, connection_id, number) WHERE number IS NOT NULL;

CREATE VIEW xtnd.order_line AS
SELECT o.tenant_id, o.connection_id, o.external_id AS order_external_id, o.number AS order_number, l.position::integer AS position,
       l.line ->> 'sku' AS sku, l.line ->> 'name' AS name, (l.line ->> 'quantity')::numeric AS quantity,
       (l.line ->> 'price')::numeric AS price, (l.line ->> 'rowTotal')::numeric AS row_total, o.currency, o.placed_at, o.deleted_at
FROM xtnd.order o CROSS JOIN LATERAL jsonb_array_elements(o.lines) WITH ORDINALITY AS l(line, position);

-- lz4 where the server was built with it: it compresses bodies about as well as pglz at a fraction of the time.
DO $$
DECLARE
    entity text;
BEGIN
    FOREACH entity IN ARRAY ARRAY['product', 'order'] LOOP
        BEGIN
            EXECUTE format('ALTER TABLE xtnd.%I ALTER COLUMN body SET COMPRESSION lz4', entity);
        EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
            RAISE NOTICE 'This server has no lz4; bodies are compressed with pglz.';
        END;
        FOR part IN 0..15 LOOP
            EXECUTE format('CREATE TABLE xtnd.%I PARTITION OF xtnd.%I FOR VALUES WITH (MODULUS 16, REMAINDER %s)', entity || '_p' || part, entity, part);
        END LOOP;
    END LOOP;
END $$;
