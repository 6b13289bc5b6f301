using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>The way through a list from its first record to its last, one request at a time. Stateless.</summary>
internal interface IPaging
{
    /// <summary>The address of the page that is asked for, relative to the base address.</summary>
    string Query(MagentoEntity entity, PageRequest request);

    /// <summary>The address of a list that matches nothing: it proves the right to read without costing the store anything.</summary>
    string Nothing(MagentoEntity entity, int size);

    /// <summary>Whether total_count also counts what lies before the page, so that an empty page can be the end of many.</summary>
    bool CountsAll => false;

    /// <summary>Whether the answer to this request is a count without records.</summary>
    bool IsCount(PageRequest request) => request.CountOnly;

    /// <summary>
    /// Makes the page of what was read. Whatever is not exactly what was asked for is a failure of kind <see cref="FailureKind.Data"/>. Takes the answer's
    /// buffer only when it succeeds.
    /// </summary>
    Page Page(PageRequest request, StoreList list, StoreAnswer answer);
}
