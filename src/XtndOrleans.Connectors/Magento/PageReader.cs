using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Unicode;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// Reads a list of Magento in one pass over its bytes. It believes nothing: whatever is not exactly a list that answers the request is a failure of kind
/// <see cref="FailureKind.Data"/>, because a failure taken for an empty or a last page would lose records, and in a sweep delete them.
/// </summary>
internal ref struct PageReader
{
    readonly MagentoEntity entity;
    readonly PageRequest request;
    readonly ReadOnlyMemory<byte> body;
    readonly List<StoreRecord> records;
    Utf8JsonReader reader;
    long last;
    bool ordered;
    bool found;
    int seen;
    long? total;

    PageReader(MagentoEntity entity, PageRequest request, ReadOnlyMemory<byte> body)
    {
        this.entity = entity;
        this.request = request;
        this.body = body;
        records = new List<StoreRecord>(Math.Min(request.NewestOnly ? 1 : request.Size, 1000));
        reader = new Utf8JsonReader(body.Span);
        last = request is { NewestOnly: false, AfterId: { } after } ? long.Parse(after, CultureInfo.InvariantCulture) : 0;
        ordered = true;
    }

    /// <summary>Reads an answer with a success status. The page takes over the answer's buffer.</summary>
    public static Page Read(MagentoEntity entity, PageRequest request, StoreAnswer answer)
    {
        var body = answer.Body;
        // Only whole UTF-8 may reach the database; the JSON reader does not look inside the strings that it skips.
        if (!Utf8.IsValid(body.Span))
        {
            throw MagentoFailures.Malformed("has bytes that are not UTF-8");
        }
        var page = new PageReader(entity, request, answer.Text);
        try
        {
            page.ReadEnvelope();
        }
        catch (JsonException)
        {
            // Its text quotes the body, so it is not kept.
            throw MagentoFailures.Malformed(body.IsEmpty ? "is empty" : "is cut off or is not JSON");
        }
        return page.Finish(answer);
    }

    void ReadEnvelope()
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw MagentoFailures.Malformed("is not an object with a list of items");
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("items"u8))
            {
                ReadItems();
            }
            else if (reader.ValueTextEquals("total_count"u8))
            {
                ReadTotal();
            }
            else
            {
                reader.PassValue();
            }
        }
        // The end is read too: PHP may append an error to a list that was complete.
        while (reader.Read())
        {
        }
    }

    void ReadTotal()
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var count) || count < 0)
        {
            throw MagentoFailures.Malformed("has a total_count that is not a count");
        }
        total = count;
    }

    void ReadItems()
    {
        reader.Read();
        if (found || reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
        {
            throw MagentoFailures.Malformed("has items that are not a list");
        }
        found = true;
        while (reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            seen++;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw MagentoFailures.Malformed($"has something that is not a record at position {seen}");
            }
            Add();
        }
    }

    void Add()
    {
        var start = (int)reader.TokenStartIndex;
        var raw = entity.Read(ref reader);
        if (raw.Id is not > 0)
        {
            throw MagentoFailures.Malformed($"has a record without a readable id at position {seen}");
        }
        var id = raw.Id.Value;
        var slice = body[start..(int)reader.BytesConsumed];
        ordered &= id > last || (id == last && records.Count > 0);
        if (id == last && records.Count > 0)
        {
            // A join in the store repeats a row; a repeated key would make the upsert fail. The last sighting wins.
            records.RemoveAt(records.Count - 1);
        }
        last = id;
        records.Add(new StoreRecord
        {
            ExternalId = id.ToString(CultureInfo.InvariantCulture),
            SourceCreatedAt = raw.CreatedAt,
            SourceUpdatedAt = raw.UpdatedAt,
            Fields = raw.Fields,
            Hash = XxHash128.HashToUInt128(slice.Span),
            Body = slice,
        });
    }

    readonly Page Finish(StoreAnswer answer)
    {
        if (!found)
        {
            throw MagentoFailures.Malformed("has no list of items");
        }
        // Nothing is believed to be the end unless the store also says that it has counted nothing more.
        if (seen == 0 && total is not 0)
        {
            throw MagentoFailures.Malformed("has no items although more were counted");
        }
        return new Page(InOrder(), answer.TakeBody())
        {
            // A full page is never the last, even when total_count says so: stores exist that count only the page. That costs one request, rarely.
            IsLast = request.NewestOnly || (seen < request.Size && !(total > seen)),
            Total = total,
            StoreTime = answer.Date,
            Bytes = answer.Body.Length,
        };
    }

    // A store that ignores the filter would make us read for ever; one that ignores the order would make us skip what lies between. Only a page that is the
    // whole of what was asked for can be put in order here.
    readonly List<StoreRecord> InOrder()
    {
        if (ordered || request.NewestOnly)
        {
            return request.NewestOnly ? [.. records.Take(1)] : records;
        }
        var after = request.AfterId is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : 0;
        var sorted = new SortedDictionary<long, StoreRecord>();
        foreach (var record in records)
        {
            sorted[long.Parse(record.ExternalId, CultureInfo.InvariantCulture)] = record;
        }
        if (sorted.Keys.First() <= after)
        {
            throw MagentoFailures.Malformed("has records that were not asked for: the store ignores the filter by id");
        }
        return seen < request.Size && total <= seen ? [.. sorted.Values] : throw MagentoFailures.Malformed("is not in the order of ids that was asked for");
    }
}
