using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;
using XtndOrleans.Tests.Records;

namespace XtndOrleans.Tests.Server;

public sealed class ExportFacts
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_of_json_is_the_record_as_it_is_read_alone()
    {
        var held = await Held.By([RecordWorld.Product(1, "Å \\\"x\\\""), RecordWorld.Record(2, new ProductFields { Sku = "B" }, "{\r\n  \"price\": 1.5000,\n \"text\":\"a\\nb\"}")]);
        var lines = (await Read(held, "jsonl")).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(await held.Tenant.Owner.GetStringAsync($"{held.Path}/records/product/1", Stop), lines[0]);
        Assert.Contains("""
            "price": 1.5000,  "text":"a\nb"
            """, lines[1]);
    }

    [Fact]
    public async Task A_sheet_has_a_header_and_quotes_and_nothing_that_a_spreadsheet_executes()
    {
        var held = await Held.By([
            RecordWorld.Record(1, new ProductFields { Sku = "=cmd|'/c calc'!A1", Name = "a,\"b\"\r\nc", Price = -12.50m, Status = "+1", Type = "@x", Currency = "\ty" }, "{}"),
            RecordWorld.Record(2, new ProductFields { Sku = "-5", Name = "it's = fine" }, "{}")]);
        Assert.Equal(
            "externalId,key,sku,name,type,status,price,currency,quantity,sourceCreatedAt,sourceUpdatedAt,firstSeenAt,changedAt,deletedAt,seq\r\n"
            + "1,'=cmd|'/c calc'!A1,'=cmd|'/c calc'!A1,\"a,\"\"b\"\"\r\nc\",'@x,'+1,-12.50,'\ty,,2026-11-21T08:00:00Z,2026-11-22T08:00:00Z,2026-11-23T08:00:00Z,2026-11-23T08:00:00Z,,1\r\n"
            + "2,'-5,'-5,it's = fine,,,,,,2026-11-21T08:00:00Z,2026-11-22T08:00:00Z,2026-11-23T08:00:00Z,2026-11-23T08:00:00Z,,2\r\n",
            await Read(held, "csv"));
        Assert.StartsWith("externalId,key,number,", await held.Tenant.Owner.GetStringAsync($"{held.Path}/records/order/export?format=csv", Stop));
    }

    [Fact]
    public async Task What_is_gone_is_exported_only_when_it_is_asked_for()
    {
        var held = await Held.By([RecordWorld.Product(1), RecordWorld.Product(2)]);
        await held.Store.WriteOne(held.Products, null, "1", RecordWorld.Now, Stop);
        Assert.Single((await Read(held, "jsonl")).TrimEnd('\n').Split('\n'));
        Assert.Equal(2, (await Read(held, "jsonl&includeDeleted=true")).TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("?format=xlsx")]
    [InlineData("")]
    public async Task A_format_that_is_none_is_refused_with_those_there_are(string query)
    {
        var held = await Held.By([]);
        var refused = await held.Get($"records/product/export{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_parameter"), (refused.Status, refused.Code));
        Assert.Contains("csv, jsonl", refused.Body["detail"]!.GetValue<string>());
        Assert.False(refused.Message.Content.Headers.Contains("Content-Disposition"));
    }

    [Fact]
    public async Task A_hundred_thousand_records_are_exported_each_once_and_never_more_than_a_batch_is_held()
    {
        var held = await Held.By([]);
        await held.Database.Scalar("""
            INSERT INTO xtnd.product (tenant_id, connection_id, external_id, hash, body, first_seen_at, changed_at, seq)
            SELECT $1, $2, n::text, gen_random_uuid(), json_build_object('id', n), now(), now(), n FROM generate_series(1, 100000) n
            """, held.Products.Connection.Tenant, held.Products.Connection.Connection);

        using var answer = await held.Tenant.Owner.GetAsync($"{held.Path}/records/product/export?format=jsonl", HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment; filename=\"product.jsonl\"", answer.Content.Headers.ContentDisposition!.ToString());
        Assert.Null(answer.Content.Headers.ContentLength);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        var ids = new StringBuilder();
        while (await lines.ReadLineAsync(Stop) is { } line)
        {
            var record = JsonNode.Parse(line)!;
            Assert.Equal(record["externalId"]!.GetValue<string>(), record["body"]!["id"]!.ToJsonString());
            ids.Append(record["externalId"]!.GetValue<string>()).Append(',');
        }

        Assert.Equal(
            (string)(await held.Database.Scalar("SELECT string_agg(external_id, ',' ORDER BY external_id) || ',' FROM xtnd.product WHERE connection_id = $1", held.Products.Connection.Connection))!,
            ids.ToString());

        var batches = 0;
        await foreach (var batch in new RecordQueries(held.Database.DataSource).Export(held.Products, false, Stop))
        {
            Assert.InRange(batch.Count, 1, RecordQueries.ExportBatch);
            batches++;
        }

        Assert.Equal(100, batches);
    }

    static Task<string> Read(Held held, string format) => held.Tenant.Owner.GetStringAsync($"{held.Path}/records/product/export?format={format}", Stop);
}
