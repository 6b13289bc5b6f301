namespace XtndOrleans.Engine.Tenants;

/// <summary>Something that a tenant has and that must go with it. The slices that hold it implement this, so that tenants need not know them.</summary>
internal interface ITenantContent
{
    /// <summary>Erases what it can of a tenant's content, a bounded part at a time.</summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> Erase(Guid tenant);
}
