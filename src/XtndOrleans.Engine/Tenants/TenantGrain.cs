using Npgsql;

namespace XtndOrleans.Engine.Tenants;

[GrainType("xtnd.tenant")]
internal sealed class TenantGrain(NpgsqlDataSource database, IEnumerable<ITenantContent> contents, TimeProvider clock) : Grain, ITenantGrain
{
    Guid Id => TenantKey.FromGrainKey(this.GetPrimaryKeyString());

    public async Task<TenantView> Create(string? name)
    {
        name = TenantRules.Name("invalid_tenant", name);
        await database.Execute(
            "INSERT INTO xtnd.tenant (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
            [new() { Value = Id }, new() { Value = name }, new() { Value = clock.GetUtcNow() }], CancellationToken.None);
        return await new TenantQueries(database).Find(Id, CancellationToken.None) ?? throw ProblemException.NotFound("tenant");
    }

    public async Task<NewApiKey> AddKey(string? name, string? role)
    {
        name = TenantRules.Name("invalid_key", name);
        role = TenantRules.Role(role);
        var now = TenantRules.Stored(clock.GetUtcNow());
        var key = Guid.CreateVersion7(now);
        var text = ApiKeyText.Create(key, out var hash);
        var added = await database.Execute(
            """
            INSERT INTO xtnd.api_key (id, tenant_id, name, role, hash, created_at)
            SELECT $2, id, $3, $4, $5, $6 FROM xtnd.tenant WHERE id = $1 AND erasing_since IS NULL
            """,
            [new() { Value = Id }, new() { Value = key }, new() { Value = name }, new() { Value = role }, new() { Value = hash }, new() { Value = now }], CancellationToken.None);
        return added == 1 ? new(key.ToString("N"), name, role, text, now) : throw ProblemException.NotFound("tenant");
    }

    public async Task RevokeKey(Guid key)
    {
        var ended = await database.Execute(
            "UPDATE xtnd.api_key SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL",
            [new() { Value = Id }, new() { Value = key }, new() { Value = clock.GetUtcNow() }], CancellationToken.None);
        if (ended == 0)
        {
            throw ProblemException.NotFound("key");
        }
    }

    public async Task BeginErase()
    {
        var marked = await database.Execute(
            "UPDATE xtnd.tenant SET erasing_since = coalesce(erasing_since, $2) WHERE id = $1",
            [new() { Value = Id }, new() { Value = clock.GetUtcNow() }], CancellationToken.None);
        if (marked == 0)
        {
            throw ProblemException.NotFound("tenant");
        }

        // One way: a tenant with thousands of connections must not hold this call open. The sweeper calls it again until nothing is left.
        await this.AsReference<ITenantGrain>().ContinueErase();
    }

    public async Task ContinueErase()
    {
        var tenant = await new TenantQueries(database).Find(Id, CancellationToken.None);
        if (tenant?.ErasingSince is null)
        {
            return;
        }

        var empty = true;
        foreach (var content in contents)
        {
            empty &= await content.Erase(Id);
        }

        if (empty)
        {
            await database.Execute("DELETE FROM xtnd.idempotency WHERE scope = $1", [new() { Value = Id.ToString("N") }], CancellationToken.None);
            await database.Execute("DELETE FROM xtnd.tenant WHERE id = $1 AND erasing_since IS NOT NULL", [new() { Value = Id }], CancellationToken.None);
            DeactivateOnIdle();
        }
    }
}
