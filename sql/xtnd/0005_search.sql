-- Records found by people: by the words of products, orders and customers, and orders by when they were placed.
-- Reads go on while the indexes are built; writes wait, a few seconds for each hundred thousand records.

SET LOCAL maintenance_work_mem = '256MB';

-- The words of a record: its key, each part of a name, an e-mail address and its domain, and a status behind an equals sign. Each begins with the end of the connection's id, so that looking for
-- the beginning of a word touches one connection's records alone, however many others have an Anna. Cut to what a word may be long.
CREATE FUNCTION xtnd.words(p_connection uuid, p_key text, p_name text, p_email text, p_status text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(string_to_array(
        right(p_connection::text, 8) || replace(
            lower(left(coalesce(p_key, '') || ' ' || coalesce(p_name, '') || ' ' || translate(coalesce(p_name, ''), '-/,.()', '      ') || ' '
                       || coalesce(p_email, '') || ' ' || split_part(coalesce(p_email, ''), '@', 2) || coalesce(' =' || p_status, ''), 450) COLLATE "default"),
            ' ', ' ' || right(p_connection::text, 8)),
        ' '))
$$;

CREATE INDEX product_words ON xtnd.product USING gin (xtnd.words(connection_id, sku, name, NULL::text, NULL::text));
CREATE INDEX order_words ON xtnd.order USING gin (xtnd.words(connection_id, number, customer_name, customer_email, status));
CREATE INDEX customer_words ON xtnd.customer USING gin (xtnd.words(connection_id, email, name, email, NULL::text));

-- The newest orders, of one status too, are found without a look at the orders themselves.
CREATE INDEX order_placed ON xtnd.order (tenant_id, connection_id, placed_at DESC NULLS LAST, external_id) INCLUDE (status, deleted_at);

-- A number is looked for in all stores of a tenant, and in one store by its words; so this takes the place of an index by connection. Dropped last: until
-- then the others are built beside readers.
CREATE INDEX order_of_tenant ON xtnd.order (tenant_id, number) WHERE number IS NOT NULL;
DROP INDEX xtnd.order_number;
