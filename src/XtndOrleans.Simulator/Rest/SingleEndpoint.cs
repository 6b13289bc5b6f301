namespace XtndOrleans.Simulator;

/// <summary>GET of one record.</summary>
internal static class SingleEndpoint
{
    /// <summary>By the id in the last segment.</summary>
    public static RestResult ById<TRow>(RestRequest request, Entity<TRow> entity, Func<int, MagentoError>? missing = null) where TRow : Row
    {
        request.Require(entity.Resource);
        var id = request.Number(request.Path.Count - 1);
        var row = entity.Rows(request.Store).Find(id)
            ?? throw missing?.Invoke(id) ?? new MagentoError(404, "The entity that was requested doesn't exist. Verify the entity and try again.");
        return Answer(request, entity.Name, row, row.Json.ToArray());
    }

    /// <summary>The record, unless its row is corrupt.</summary>
    public static RestResult Answer(RestRequest request, string entity, Row row, byte[] body) =>
        request.Store.Poison.Of(entity, row.Id) is { } poison ? PoisonAnswers.For(poison, () => body) : RestResult.Json(body);
}
