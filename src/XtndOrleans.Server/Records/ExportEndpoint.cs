using System.Buffers;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;

namespace XtndOrleans.Server.Records;

/// <summary>Everything of an entity as one file. Written as it is read: memory stays flat, and a slow reader slows the reading.</summary>
internal static class ExportEndpoint
{
    public static void MapExport(this RouteGroupBuilder connection) => connection.MapGet("/records/{entity}/export", Export)
        .Says(
            "Export the records",
            """
            Everything that is there; includeDeleted=true: what is gone too. format=jsonl: a record on each line, as one record is read, with its body. format=csv
            (RFC 4180): a header, the canonical and the common fields, lists as JSON text; a text that begins with =, +, -, @ or a tab gets an apostrophe before it,
            because spreadsheets would execute it. An answer that breaks off is not complete.
            """)
        .Produces<string>(200, JsonLines.MediaType, Csv.MediaType);

    static Task Export(EntityScope scope, string? format, bool? includeDeleted, RecordQueries queries, HttpContext context, CancellationToken stop) => Write(
        scope.Id, format!, Format(format, scope.Id.Entity) ?? throw Lists.Wrong("format", "Give one of: csv, jsonl."), includeDeleted is true, queries, context, stop);

    /// <summary>How a format is written; null when it is none.</summary>
    public static IExportFormat? Format(string? format, string entity) => format switch
    {
        "jsonl" => new JsonLines(),
        "csv" => new Csv(RecordQueries.FieldNames(entity)),
        _ => null,
    };

    /// <summary>Answers with the file.</summary>
    public static async Task Write(
        EntityId id, string format, IExportFormat writer, bool includeDeleted, RecordQueries queries, HttpContext context, CancellationToken stop)
    {
        var response = context.Response;
        // The first batch before the first byte: what fails until then is a problem in words.
        await using var batches = queries.Export(id, includeDeleted, stop).GetAsyncEnumerator(stop);
        var more = await batches.MoveNextAsync();
        response.ContentType = writer.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{id.Entity}.{format}\"";
        writer.Begin(response.BodyWriter);
        for (; more; more = await batches.MoveNextAsync())
        {
            foreach (var record in batches.Current)
            {
                writer.Write(record, response.BodyWriter);
            }

            await response.BodyWriter.FlushAsync(stop);
        }

        await response.BodyWriter.FlushAsync(stop);
    }
}

/// <summary>How records become a file.</summary>
internal interface IExportFormat
{
    string ContentType { get; }

    void Begin(IBufferWriter<byte> output);

    void Write(RecordView record, IBufferWriter<byte> output);
}
