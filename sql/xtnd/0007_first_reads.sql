-- First reads, as quick as the bare writing again.
-- Reads go on while the index is built; writes wait, about a second for each hundred thousand orders.

SET LOCAL maintenance_work_mem = '256MB';

-- The orders by when they were placed, for the queries that say seq > 0 and for no other. The index of 0005 was taken for the key while the table had no statistics:
-- the first read of a store went through all orders read so far to look each new one up. 0002 tells why all these indexes have a condition that always holds.
CREATE INDEX order_by_placed ON xtnd.order (tenant_id, connection_id, placed_at DESC NULLS LAST, external_id) INCLUDE (status, deleted_at) WHERE seq > 0;

-- As in 0002, and the plan of a page is kept. Its best does not depend on the values, everything is looked up by key; planned anew, the partitions cost a sixth of each page.
CREATE OR REPLACE FUNCTION xtnd.fence(p_tenant uuid, p_connection uuid, p_entity text, p_run uuid, p_epoch bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM xtnd.cursor c
    WHERE c.tenant_id = p_tenant AND c.connection_id = p_connection AND c.entity = p_entity AND c.epoch = p_epoch AND c.run_id = p_run
      AND EXISTS (SELECT FROM xtnd.run r WHERE r.tenant_id = p_tenant AND r.connection_id = p_connection AND r.id = p_run)
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another loop has taken over this entity, or its run has ended' USING ERRCODE = 'XF001';
    END IF;
    PERFORM set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true), set_config('plan_cache_mode', 'force_generic_plan', true);
END $$;

DROP INDEX xtnd.order_placed;
