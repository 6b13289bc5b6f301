namespace XtndOrleans.Connectors.Magento;

/// <summary>The addresses of lists, relative to the base address.</summary>
internal static class MagentoQuery
{
    /// <summary>The address of a page.</summary>
    public static string Page(MagentoEntity entity, PageRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Size, 1);
        if (request.UpToId is not null && !entity.HasNumericIds)
        {
            throw new ArgumentException($"{entity.Name} has no numeric ids.", nameof(request));
        }
        return entity.Paging.Query(entity, request);
    }

    /// <summary>The address of a list that matches nothing: it proves the right to read without costing the store anything.</summary>
    public static string Nothing(MagentoEntity entity, int size) => entity.Paging.Nothing(entity, size);
}
