using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Benchmarks;

/// <summary>A tenant with 5,000 connections, each with its cursors, schedules and last runs, whose orders lie in 1,000 of them, half of all in the biggest.</summary>
internal sealed class PageWorld
{
    public const int Connections = 5000;
    const int WithOrders = 1000;

    // Bodies of half a kilobyte: wide enough that a look at each row would be noticed.
    const string Body = "json_build_object('entity_id', n, 'customer_email', 'user' || n || '@example.com', 'items', md5(n::text) || md5((n * 3)::text) || repeat(md5((n * 7)::text), 10))";

    const string Someone = "(ARRAY['Anna','Bertil','Cecilia','David','Erik','Fanny','Göran','Hanna','Ivar','Johan'])[1 + n % 10] || ' ' || (ARRAY['Andersson','Bergström','Carlsson','Dahl','Ek','Forsberg','Gran','Holm'])[1 + n % 8] || ' k' || n % 5000";

    public Guid Tenant { get; } = Guid.CreateVersion7();

    /// <summary>The connection with half of the orders, and with the products.</summary>
    public ConnectionId Biggest { get; private set; }

    public async Task Fill(BenchmarkDatabase database, int orders)
    {
        var source = database.Source;
        await source.Execute("INSERT INTO xtnd.tenant VALUES ($1, 'T', now())", Tenant);
        await source.Execute("""
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, created_at, updated_at)
            SELECT $1, overlay(overlay(gen_random_uuid()::text PLACING lpad(to_hex(1790000000 + i), 8, '0') FROM 1) PLACING '7' FROM 15)::uuid, 'magento', format('Shop %s', lpad(i::text, 4, '0')), format('https://shop-%s.example/rest/V1', i), 'https://shop.example/', 'user', '\x01',
                   'verified', now() + i * interval '1 second', now()
            FROM generate_series(1, $2) i
            """, Tenant, Connections);
        await source.Execute("CREATE TABLE shop AS SELECT id, right(name, 4)::int AS i FROM xtnd.connection; CREATE INDEX ON shop (i)");
        await source.Execute("""
            INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, fresh_at, held, last_seq)
            SELECT $1, id, entity, now() - i * interval '1 second', CASE WHEN entity <> 'order' OR i <= $2 THEN 1 ELSE 0 END, 1 FROM shop
            CROSS JOIN unnest(ARRAY['product', 'order', 'invoice', 'shipment', 'accounting', 'customer', 'stock']) entity
            """, Tenant, WithOrders);
        await source.Execute("""
            INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, next_due_at)
            SELECT tenant_id, connection_id, entity, 'daily', true, now(), '08:05', now() + interval '1 hour' FROM xtnd.cursor
            """);
        await source.Execute("""
            INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at, finished_at)
            SELECT tenant_id, connection_id, gen_random_uuid(), entity, 'full', 'schedule', 'succeeded', now(), now(), now() FROM xtnd.cursor CROSS JOIN generate_series(1, 3)
            """);
        Biggest = new(Tenant, (Guid)(await source.Execute("SELECT id FROM shop WHERE i = 1"))!);
        await source.Execute($"""
            INSERT INTO xtnd.order (tenant_id, connection_id, external_id, number, state, status, currency, grand_total, customer_email, customer_name, placed_at, lines,
                                    first_seen_at, changed_at, seq, hash, body)
            SELECT $1, shop.id, n::text, lpad(n::text, 9, '0'), 'new', CASE n % 50 WHEN 0 THEN 'holded' ELSE 'complete' END, 'SEK', n / 100.0, 'user' || n || '@example.com', {Someone},
                   now() - ($2 - n) * interval '1 minute', '[]', now(), now(), n, gen_random_uuid(), {Body}
            FROM generate_series(1, $2) n JOIN shop ON shop.i = CASE WHEN n % 2 = 0 THEN 1 ELSE 1 + n % {WithOrders} END
            """, Tenant, orders);
        await source.Execute($"""
            INSERT INTO xtnd.product (tenant_id, connection_id, external_id, sku, name, first_seen_at, changed_at, seq, hash, body)
            SELECT $1, $2, n::text, 'SKU-' || n, {Someone}, now(), now(), n, gen_random_uuid(), {Body} FROM generate_series(1, $3) n
            """, Tenant, Biggest.Connection, orders / 5);
        await source.Execute("VACUUM (ANALYZE)");
    }
}
