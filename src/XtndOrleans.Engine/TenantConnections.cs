using Npgsql;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Engine;

/// <summary>The connections that go with their tenant.</summary>
internal sealed class TenantConnections(ConnectionService connections, NpgsqlDataSource database) : ITenantContent
{
    const int AtOnce = 100;

    public async Task<bool> Erase(Guid tenant)
    {
        var waiting = await database.Rows(
            "SELECT id FROM xtnd.connection WHERE tenant_id = $1 AND deleting_since IS NULL ORDER BY id LIMIT $2",
            [new() { Value = tenant }, new() { Value = AtOnce }],
            row => row.GetGuid(0),
            CancellationToken.None);
        foreach (var connection in waiting)
        {
            try
            {
                await connections.BeginDelete(new(tenant, connection));
            }
            catch (ProblemException)
            {
                // Deleted meanwhile.
            }
        }

        var left = await database.Rows(
            "SELECT 1 FROM xtnd.connection WHERE tenant_id = $1 LIMIT 1", [new() { Value = tenant }], row => row.GetInt32(0), CancellationToken.None);
        return left.Count == 0;
    }
}
