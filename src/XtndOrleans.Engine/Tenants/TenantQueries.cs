using Npgsql;

namespace XtndOrleans.Engine.Tenants;

/// <summary>Tenants, read from SQL.</summary>
public sealed class TenantQueries(NpgsqlDataSource database)
{
    const string Columns = "id, name, created_at, erasing_since";

    /// <summary>One tenant, or null.</summary>
    public async Task<TenantView?> Find(Guid tenant, CancellationToken cancellationToken)
    {
        var found = await database.Rows($"SELECT {Columns} FROM xtnd.tenant WHERE id = $1", [new() { Value = tenant }], Read, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>All tenants, oldest first.</summary>
    public async Task<ListPage<TenantView>> List(ListRequest request, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            $"SELECT {Columns} FROM xtnd.tenant WHERE id > $1 ORDER BY id LIMIT $2",
            [new() { Value = request.AfterId() ?? Guid.Empty }, new() { Value = request.Limit + 1 }],
            Read,
            cancellationToken);
        return request.Page(found, tenant => tenant.Id);
    }


    static TenantView Read(NpgsqlDataReader row) =>
        new(row.GetGuid(0).ToString("N"), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.Nullable<DateTimeOffset>(3));
}

/// <summary>API keys, read from SQL. Ended ones are not listed.</summary>
public sealed class KeyQueries(NpgsqlDataSource database)
{
    /// <summary>A tenant's keys, oldest first.</summary>
    public async Task<ListPage<ApiKeyView>> List(Guid tenant, ListRequest request, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            "SELECT id, name, role, created_at FROM xtnd.api_key WHERE tenant_id = $1 AND revoked_at IS NULL AND id > $2 ORDER BY id LIMIT $3",
            [new() { Value = tenant }, new() { Value = request.AfterId() ?? Guid.Empty }, new() { Value = request.Limit + 1 }],
            row => new ApiKeyView(row.GetGuid(0).ToString("N"), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)),
            cancellationToken);
        return request.Page(found, key => key.Id);
    }
}
