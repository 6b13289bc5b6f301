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
    bool found;
    int seen;
    long? total;

    PageReader(MagentoEntity entity, PageRequest request, ReadOnlyMemory<byte> body)
    {
        this.entity = entity;
        this.request = request;
        this.body = body;
        records = new List<StoreRecord>(request is { NewestOnly: true } or { CountOnly: true } ? 1 : Math.Min(request.Size, 1000));
        reader = new Utf8JsonReader(body.Span);
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
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is thrown for a name that is half a surrogate pair. Their texts quote the body, so they are not kept.
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
        var id = raw.Key ?? (raw.Id is > 0 and var number ? number.ToString(CultureInfo.InvariantCulture) : throw MagentoFailures.Malformed($"has a record without a readable id at position {seen}"));
        var slice = body[start..(int)reader.BytesConsumed];
        records.Add(new StoreRecord
        {
            ExternalId = id,
            SourceCreatedAt = raw.CreatedAt,
            SourceUpdatedAt = raw.UpdatedAt,
            Fields = raw.Fields,
            Hash = XxHash128.HashToUInt128(slice.Span),
            Body = slice,
        });
    }

    readonly Page Finish(StoreAnswer answer)
    {
        if (entity.Paging.IsCount(request))
        {
            if (total is null)
            {
                throw MagentoFailures.Malformed("has no total_count", StoreReply.Of(answer));
            }
            return request.CountOnly ? StoreList.Page([], answer, isLast: true, total) : entity.Paging.Page(request, new StoreList([], total), answer);
        }
        if (!found)
        {
            throw MagentoFailures.Malformed("has no list of items", StoreReply.Of(answer));
        }
        // Nothing is believed to be the end unless the store also says that it has counted nothing more.
        if (seen == 0 && total is not 0 && !entity.Paging.CountsAll)
        {
            throw MagentoFailures.Malformed("has no items although more were counted");
        }
        return entity.Paging.Page(request, new StoreList(records, total), answer);
    }
}
