namespace XtndOrleans.Engine.Tenants;

/// <summary>A tenant as the platform sees it.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it came to be.</param>
/// <param name="ErasingSince">When its erasing began; it is gone when nothing of it is left.</param>
[GenerateSerializer, Immutable, Alias("xtnd.tenant-view")]
public sealed record TenantView(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] DateTimeOffset CreatedAt, [property: Id(3)] DateTimeOffset? ErasingSince);

/// <summary>A key as people see it after it was made.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Role">owner, operator or viewer.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiKeyView(string Id, string Name, string Role, DateTimeOffset CreatedAt);

/// <summary>A key that was made just now, with its text. The text form of this record does not show it.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Role">owner, operator or viewer.</param>
/// <param name="Key">What goes behind <c>Authorization: Bearer</c>. Shown this once.</param>
/// <param name="CreatedAt">When it was made.</param>
[GenerateSerializer, Immutable, Alias("xtnd.new-api-key")]
public sealed record NewApiKey(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string Role, [property: Id(3)] string Key, [property: Id(4)] DateTimeOffset CreatedAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"key {Id}";
}
