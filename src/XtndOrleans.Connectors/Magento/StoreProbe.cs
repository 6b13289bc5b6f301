using System.Text.Json;
using System.Text.RegularExpressions;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Finds out what lies behind an address: first without, then with a token.</summary>
internal sealed partial class StoreProbe(MagentoClient client, Uri baseAddress, Turns turns)
{
    const string Currency = "directory/currency";
    const int LargePage = 100_000;

    Task<HashSet<string>?>? modules;

    /// <summary>Proves that Magento's API answers. Throws what is wrong with the address.</summary>
    /// <param name="patience">How long to wait for the version once the API has answered.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<StoreProfile> Reach(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var version = Quietly(() => Version(limit.Token));
        try
        {
            var found = await Api(cancellationToken);
            limit.CancelAfter(patience);
            return found with { Version = (await version).Version, Edition = (await version).Edition };
        }
        catch (ConnectorException failure) when (failure.Code == FailureCodes.NotAMagentoApi && MagentoAddress.WithIndexPhp(baseAddress) is { } other)
        {
            if (await Quietly(async () => await Answers(other, cancellationToken)))
            {
                throw new ConnectorException(
                    failure.Kind, failure.Code, "There is no Magento API at this address, but there is one behind index.php.", $"Type {other.AbsoluteUri.TrimEnd('/')} as the API URL.", failure);
            }
            throw;
        }
        finally
        {
            await limit.CancelAsync();
        }
    }

    /// <summary>Adds what the store tells only to those who signed in. What it refuses to tell stays unknown.</summary>
    public async Task<StoreProfile> Describe(StoreProfile known, StoreSession session, CancellationToken cancellationToken)
    {
        var settings = Quietly(() => turns.Take(() => Settings(session, cancellationToken), cancellationToken));
        var limit = Quietly(() => turns.Take(() => PageLimit(session, cancellationToken), cancellationToken));
        var edition = known.Edition ?? Edition(await Modules(session, cancellationToken));
        var found = await settings;
        return known with
        {
            Name = found.Name ?? known.Name,
            TimeZone = found.TimeZone,
            Currency = known.Currency ?? found.Currency,
            MaximumPageSize = await limit,
            Edition = edition,
        };
    }

    /// <summary>The modules that are switched on; null when the store does not tell. Asked for once.</summary>
    public Task<HashSet<string>?> Modules(StoreSession session, CancellationToken cancellationToken) =>
        modules ??= Quietly(() => turns.Take(() => ModuleList(session, cancellationToken), cancellationToken));

    async Task<StoreProfile> Api(CancellationToken cancellationToken)
    {
        using var answer = await client.GetAny(new Uri(baseAddress, Currency), cancellationToken);
        var error = MagentoError.Read(answer);
        // A JSON error is Magento's too: a store may close this list, or a module may be off. A 400 means that the path is not known.
        if (MagentoFailures.From(answer, error, client.Now) is { } failure && !(error.IsJson && answer.Status is 401 or 404))
        {
            throw failure.Code is FailureCodes.MalformedAnswer or FailureCodes.RequestRefused ? MagentoFailures.NotMagento(answer.Status) : failure;
        }
        var currency = Text(answer.Text, "base_currency_code");
        if (answer.Status == 200 ? currency is null : !error.HasMessage)
        {
            throw MagentoFailures.NotMagento(answer.Status);
        }
        var skew = answer.Date is { } date ? (int?)Math.Round((date - client.Now + answer.Elapsed / 2).TotalSeconds) : null;
        return new StoreProfile(baseAddress.Host, Version: null, Edition: null, TimeZone: null, currency, skew, MaximumPageSize: null);
    }

    async Task<bool> Answers(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAny(new Uri(address, Currency), cancellationToken);
        return answer.Status == 200 && Text(answer.Text, "base_currency_code") is not null;
    }

    async Task<(string? Version, string? Edition)> Version(CancellationToken cancellationToken)
    {
        using var answer = await client.GetAny(new Uri(MagentoAddress.Storefront(baseAddress), "magento_version"), cancellationToken);
        var told = answer.Status == 200 ? VersionLine().Match(System.Text.Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, 100)])) : Match.Empty;
        return told.Success ? (told.Groups["version"].Value, told.Groups["edition"].Value) : default;
    }

    async Task<(string? Name, string? TimeZone, string? Currency)> Settings(StoreSession session, CancellationToken cancellationToken)
    {
        using var answer = await client.Get(new Uri(baseAddress, "store/storeConfigs"), session, cancellationToken);
        using var list = JsonDocument.Parse(answer.Text);
        var wanted = MagentoAddress.StoreCode(baseAddress) is { } code && code != "all" ? code : "default";
        var stores = list.RootElement.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.Object).ToList();
        var store = stores.Find(s => Text(s, "code") == wanted) is { ValueKind: JsonValueKind.Object } match ? match : stores.FirstOrDefault();
        var url = Uri.TryCreate(Text(store, "base_url"), UriKind.Absolute, out var address) ? address.Host : null;
        return (url, Text(store, "timezone"), Text(store, "base_currency_code"));
    }

    // Asks for a page that no limit allows, of nothing: a store with a limit names it, any other answers at once.
    async Task<int?> PageLimit(StoreSession session, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.Get(new Uri(baseAddress, MagentoQuery.Nothing(MagentoEntity.All[0], LargePage)), session, cancellationToken);
            return null;
        }
        catch (ConnectorException failure) when (failure.MaximumPageSize is not null)
        {
            return failure.MaximumPageSize;
        }
    }

    async Task<HashSet<string>> ModuleList(StoreSession session, CancellationToken cancellationToken)
    {
        using var answer = await client.Get(new Uri(baseAddress, "modules"), session, cancellationToken);
        using var list = JsonDocument.Parse(answer.Text);
        return list.RootElement.EnumerateArray().Select(m => m.GetString()).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    static string? Edition(HashSet<string>? modules) =>
        modules is null ? null : modules.Contains("Magento_CatalogStaging") || modules.Contains("Magento_Rma") ? "Enterprise" : "Community";

    // What is only nice to know must not fail the whole.
    static async Task<T?> Quietly<T>(Func<Task<T>> find)
    {
        try
        {
            return await find();
        }
        catch (Exception e) when (e is ConnectorException or JsonException or InvalidOperationException or OperationCanceledException)
        {
            return default;
        }
    }

    static string? Text(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Text(document.RootElement, name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^Magento/(?<version>[0-9.]+)[^(]*\((?<edition>[A-Za-z]+)\)")]
    private static partial Regex VersionLine();
}
