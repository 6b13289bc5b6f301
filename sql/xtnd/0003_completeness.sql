-- Every entity, and the proof that it is complete: sweeps, quarantine, ledger, history.

-- How a connection signs in; what it signs in with is one sealed text.
ALTER TABLE xtnd.connection
    ADD COLUMN auth_kind text NOT NULL DEFAULT 'password' CHECK (auth_kind IN ('password', 'integration')),
    ADD COLUMN has_totp boolean NOT NULL DEFAULT false;

ALTER TABLE xtnd.schedule ADD COLUMN sweep text CHECK (sweep IN ('nightly', 'weekly', 'off')); -- null: the entity's default

ALTER TABLE xtnd.run
    ADD COLUMN confirm_deletions boolean NOT NULL DEFAULT false, -- a person said that it is right when much is gone
    ADD COLUMN missing bigint;                                   -- records held that a full read did not see, before each was asked for once more

ALTER TABLE xtnd.cursor
    ADD COLUMN phase text NOT NULL DEFAULT 'read' CHECK (phase IN ('read', 'reckon')), -- reckon: every page is committed; what is missing is found out
    ADD COLUMN page_size integer,          -- what the store bore last; null: the default
    ADD COLUMN highest_id bigint,          -- the highest id ever held, of those that are numbers; null: none
    ADD COLUMN swept_at timestamptz,       -- start of the last full read that ended
    ADD COLUMN sweep_due_at timestamptz;   -- when the next one is due; null: when the entity was first read whole, or never
-- What was read whole before there were sweeps is swept in the next night of UTC; from then on by its rhythm.
UPDATE xtnd.cursor SET sweep_due_at = date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + make_interval(hours => 26, mins => abs(hashtext(connection_id::text) % 180))
WHERE watermark IS NOT NULL;
UPDATE xtnd.cursor c SET highest_id = held.highest
FROM (SELECT tenant_id, connection_id, 'product' AS entity, max(CASE WHEN external_id ~ '^[0-9]{1,18}$' THEN external_id::bigint END) AS highest
      FROM xtnd.product GROUP BY tenant_id, connection_id
      UNION ALL
      SELECT tenant_id, connection_id, 'order', max(CASE WHEN external_id ~ '^[0-9]{1,18}$' THEN external_id::bigint END)
      FROM xtnd.order GROUP BY tenant_id, connection_id) held
WHERE c.tenant_id = held.tenant_id AND c.connection_id = held.connection_id AND c.entity = held.entity;
CREATE INDEX cursor_sweep_due ON xtnd.cursor (sweep_due_at) WHERE sweep_due_at IS NOT NULL;

-- The ids that a full read has seen, a row per page, committed with the page: a sweep of unchanged records writes nothing else. Gone when its run ends.
CREATE TABLE xtnd.sweep_page (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    entity        text NOT NULL,
    run_id        uuid NOT NULL,
    page          bigint NOT NULL,
    ids           text[] NOT NULL,
    PRIMARY KEY (tenant_id, connection_id, entity, run_id, page),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);

-- Records that the store could not deliver or that could not be read.
CREATE TABLE xtnd.quarantine (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    entity        text NOT NULL,
    external_id   text COLLATE "C" NOT NULL,
    code          text NOT NULL,
    reason        text NOT NULL,
    reply         text,                  -- what the store said, shortened and redacted
    first_seen_at timestamptz NOT NULL,
    tried_at      timestamptz NOT NULL,
    attempts      integer NOT NULL,
    resolved_at   timestamptz,           -- null: open
    run_id        uuid,                  -- the last run that tried
    PRIMARY KEY (tenant_id, connection_id, entity, external_id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);
CREATE INDEX quarantine_open ON xtnd.quarantine (tenant_id, connection_id, entity, external_id) WHERE resolved_at IS NULL;
CREATE INDEX quarantine_age ON xtnd.quarantine (resolved_at) WHERE resolved_at IS NOT NULL;

-- The last comparison of the store's own count with ours.
CREATE TABLE xtnd.completeness (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    entity        text NOT NULL,
    held          bigint NOT NULL,
    store_total   bigint NOT NULL,
    quarantined   bigint NOT NULL DEFAULT 0,
    checked_at    timestamptz NOT NULL,
    up_to_id      text,                  -- the window: records up to this id; null: all
    state         text NOT NULL CHECK (state IN ('complete', 'repairing', 'differs')),
    note          text,
    PRIMARY KEY (tenant_id, connection_id, entity),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);

-- Where each run left the cursor; the last 50 of an entity.
CREATE TABLE xtnd.cursor_log (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    entity        text NOT NULL,
    run_id        uuid NOT NULL,         -- version 7: ordered by time
    mode          text NOT NULL,
    closed_at     timestamptz NOT NULL,
    watermark     timestamptz,
    PRIMARY KEY (tenant_id, connection_id, entity, run_id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);

-- What became of a record after it was first seen: a row per change. No foreign key: it would cost a check per row; erased in batches with the records.
CREATE TABLE xtnd.record_history (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    entity        text NOT NULL,
    external_id   text COLLATE "C" NOT NULL,
    seq           bigint NOT NULL,
    op            text NOT NULL CHECK (op IN ('update', 'delete', 'return')),
    changed_at    timestamptz NOT NULL,
    run_id        uuid,                  -- null: a refresh that a person asked for
    fields        text[] NOT NULL,       -- the store's names of what differs
    PRIMARY KEY (tenant_id, connection_id, entity, external_id, seq)
);
CREATE INDEX record_history_age ON xtnd.record_history USING brin (changed_at);

CREATE INDEX run_age ON xtnd.run (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX slot_age ON xtnd.slot (due_at);

-- The names of the store's fields that differ between two bodies. Attributes are named one by one: custom_attributes.special_price.
CREATE FUNCTION xtnd.body_fields(p_body json) RETURNS TABLE (name text, value text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
               WHEN f.key = 'custom_attributes' AND json_typeof(f.value) = 'array' THEN f.key || coalesce('.' || (a.item ->> 'attribute_code'), '')
               WHEN f.key = 'extension_attributes' AND json_typeof(f.value) = 'object' THEN f.key || coalesce('.' || e.key, '')
               ELSE f.key
           END,
           coalesce(a.item, e.value, f.value)::text
    FROM json_each(CASE WHEN json_typeof(p_body) = 'object' THEN p_body ELSE '{}' END) f
    LEFT JOIN LATERAL json_array_elements(CASE WHEN f.key = 'custom_attributes' AND json_typeof(f.value) = 'array' THEN f.value END) a(item) ON true
    LEFT JOIN LATERAL json_each(CASE WHEN f.key = 'extension_attributes' AND json_typeof(f.value) = 'object' THEN f.value END) e ON true
$$;

-- What json_each cannot unescape, json can hold: U+0000 and halves of surrogate pairs. Where a body has one, escapes are compared as they are written.
CREATE FUNCTION xtnd.plain_escapes(p_body json, p_wanted boolean) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN p_wanted THEN replace(replace(p_body::text, '\\', '//'), '\u', '/u')::json ELSE p_body END
$$;

CREATE FUNCTION xtnd.changed_fields(p_old json, p_new json) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH bodies AS (SELECT p_old::text ~* '\\u(0000|d[89a-f])' OR p_new::text ~* '\\u(0000|d[89a-f])' AS plain)
    SELECT coalesce(array_agg(DISTINCT name ORDER BY name), '{}')
    FROM (
        SELECT coalesce(o.name, n.name) AS name
        FROM (SELECT name, string_agg(value, ',') AS value FROM bodies, xtnd.body_fields(xtnd.plain_escapes(p_old, plain)) GROUP BY name) o
        FULL JOIN (SELECT name, string_agg(value, ',') AS value FROM bodies, xtnd.body_fields(xtnd.plain_escapes(p_new, plain)) GROUP BY name) n USING (name)
        WHERE o.value IS DISTINCT FROM n.value) differing
$$;

CREATE TABLE xtnd.invoice (
    tenant_id         uuid NOT NULL,
    connection_id     uuid NOT NULL,
    external_id       text COLLATE "C" NOT NULL,
    number            text COLLATE "C",
    order_external_id text COLLATE "C",
    state             text,
    currency          text,
    grand_total       numeric,
    issued_at         timestamptz,
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
CREATE UNIQUE INDEX invoice_seq ON xtnd.invoice (tenant_id, connection_id, seq) WHERE seq > 0;
CREATE INDEX invoice_number ON xtnd.invoice (tenant_id, connection_id, number) WHERE number IS NOT NULL;
CREATE INDEX invoice_order ON xtnd.invoice (tenant_id, connection_id, order_external_id) WHERE order_external_id IS NOT NULL;

CREATE TABLE xtnd.accounting (LIKE xtnd.invoice, PRIMARY KEY (tenant_id, connection_id, external_id)) PARTITION BY HASH (connection_id);
CREATE UNIQUE INDEX accounting_seq ON xtnd.accounting (tenant_id, connection_id, seq) WHERE seq > 0;
CREATE INDEX accounting_number ON xtnd.accounting (tenant_id, connection_id, number) WHERE number IS NOT NULL;
CREATE INDEX accounting_order ON xtnd.accounting (tenant_id, connection_id, order_external_id) WHERE order_external_id IS NOT NULL;

CREATE TABLE xtnd.shipment (
    tenant_id         uuid NOT NULL,
    connection_id     uuid NOT NULL,
    external_id       text COLLATE "C" NOT NULL,
    number            text COLLATE "C",
    order_external_id text COLLATE "C",
    shipped_at        timestamptz,
    total_quantity    numeric,
    tracks            jsonb NOT NULL,    -- [{carrier, number}]; as rows: xtnd.shipment_track
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
CREATE UNIQUE INDEX shipment_seq ON xtnd.shipment (tenant_id, connection_id, seq) WHERE seq > 0;
CREATE INDEX shipment_number ON xtnd.shipment (tenant_id, connection_id, number) WHERE number IS NOT NULL;
CREATE INDEX shipment_order ON xtnd.shipment (tenant_id, connection_id, order_external_id) WHERE order_external_id IS NOT NULL;

CREATE VIEW xtnd.shipment_track AS
SELECT s.tenant_id, s.connection_id, s.external_id AS shipment_external_id, s.number AS shipment_number, s.order_external_id, t.position::integer AS position,
       t.track ->> 'carrier' AS carrier, t.track ->> 'number' AS number, s.shipped_at, s.deleted_at
FROM xtnd.shipment s CROSS JOIN LATERAL jsonb_array_elements(s.tracks) WITH ORDINALITY AS t(track, position);

CREATE TABLE xtnd.customer (
    tenant_id         uuid NOT NULL,
    connection_id     uuid NOT NULL,
    external_id       text COLLATE "C" NOT NULL,
    email             text COLLATE "C",
    name              text,
    customer_group    text,
    created_at        timestamptz,
    addresses         jsonb NOT NULL,    -- [{name, company, street, postcode, city, region, country, telephone, isBilling, isShipping}]
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
CREATE UNIQUE INDEX customer_seq ON xtnd.customer (tenant_id, connection_id, seq) WHERE seq > 0;
CREATE INDEX customer_email ON xtnd.customer (tenant_id, connection_id, email) WHERE email IS NOT NULL;

CREATE VIEW xtnd.customer_address AS
SELECT c.tenant_id, c.connection_id, c.external_id AS customer_external_id, c.email, a.position::integer AS position,
       a.address ->> 'name' AS name, a.address ->> 'company' AS company, a.address ->> 'street' AS street, a.address ->> 'postcode' AS postcode,
       a.address ->> 'city' AS city, a.address ->> 'region' AS region, a.address ->> 'country' AS country, a.address ->> 'telephone' AS telephone,
       (a.address ->> 'isBilling')::boolean AS is_billing, (a.address ->> 'isShipping')::boolean AS is_shipping, c.deleted_at
FROM xtnd.customer c CROSS JOIN LATERAL jsonb_array_elements(c.addresses) WITH ORDINALITY AS a(address, position);

CREATE TABLE xtnd.stock (
    tenant_id           uuid NOT NULL,
    connection_id       uuid NOT NULL,
    external_id         text COLLATE "C" NOT NULL, -- source and SKU: 'default:24-MB01'
    sku                 text COLLATE "C",
    product_external_id text COLLATE "C",
    source              text,
    quantity            numeric,
    in_stock            boolean,
    source_created_at   timestamptz,
    source_updated_at   timestamptz,
    first_seen_at       timestamptz NOT NULL,
    changed_at          timestamptz NOT NULL,
    deleted_at          timestamptz,
    seq                 bigint NOT NULL,
    hash                uuid NOT NULL,
    body                json NOT NULL,
    PRIMARY KEY (tenant_id, connection_id, external_id)
) PARTITION BY HASH (connection_id);
CREATE UNIQUE INDEX stock_seq ON xtnd.stock (tenant_id, connection_id, seq) WHERE seq > 0;
CREATE INDEX stock_sku ON xtnd.stock (tenant_id, connection_id, sku) WHERE sku IS NOT NULL;

DO $$
DECLARE
    entity text;
BEGIN
    FOREACH entity IN ARRAY ARRAY['invoice', 'accounting', 'shipment', 'customer', 'stock'] LOOP
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
