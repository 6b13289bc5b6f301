using XtndOrleans.BrowserTests.Support;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>Connections put into the database by the hundred: copies of one that was made properly, with a schedule and a state for each entity.</summary>
internal static class ManyConnections
{
    static readonly string[] Entities = ["product", "order", "invoice", "shipment", "accounting", "customer", "stock"];

    /// <summary>A tenant with so many connections, Shop 0001 and on; of three after another one is verified, one failing, one unverified.</summary>
    public static async Task<Api> Tenant(BrowserWorld world, int count)
    {
        var owner = await world.NewTenant();
        var first = Guid.ParseExact((string)(await owner.Post("connections", world.World.Draft()))["id"]!, "N");
        await world.World.Database.Scalar(
            """
            INSERT INTO xtnd.connection
            SELECT (jsonb_populate_record(connection, jsonb_build_object(
                'id', gen_random_uuid(), 'name', 'Shop ' || to_char(number, 'FM0000'), 'created_at', connection.created_at + number * interval '1 second',
                'status', (ARRAY['verified', 'failing', 'unverified'])[1 + number % 3], 'status_reason', CASE number % 3 WHEN 1 THEN 'The store did not answer in time.' END))).*
            FROM xtnd.connection connection, generate_series(2, $2) number WHERE connection.id = $1
            """,
            first, count);
        await world.World.Database.Scalar("UPDATE xtnd.connection SET name = 'Shop 0001' WHERE id = $1", first);
        await world.World.Database.Scalar(
            """
            WITH wanted AS (
                SELECT other.tenant_id, other.id, entity
                FROM xtnd.connection first JOIN xtnd.connection other ON other.tenant_id = first.tenant_id, unnest($2) entity WHERE first.id = $1),
            cursors AS (
                INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, held, fresh_at) SELECT tenant_id, id, entity, 200, now() - interval '1 hour' FROM wanted
                ON CONFLICT DO NOTHING)
            INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day)
            SELECT tenant_id, id, entity, 'daily', false, '2026-11-01', '08:05' FROM wanted ON CONFLICT DO NOTHING
            """,
            first, Entities);
        return owner;
    }
}
