using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Connectors.Http;

/// <summary>
/// The one HTTP client of the process for all stores. It follows no redirect, keeps no cookie, uses no proxy, connects only where the egress policy allows, and
/// bounds time and size. Every failure of transport leaves it as a <see cref="ConnectorException"/>.
/// </summary>
internal sealed class StoreClient : IDisposable
{
    // An answer that is not a success is read only as far as it takes to understand it: an endless error page must not be an error of another kind.
    const int ErrorBodyLimit = 64 * 1024;
    const int FirstRoom = 64 * 1024;

    static readonly ProductInfoHeaderValue Agent = new("XtndOrleans", typeof(StoreClient).Assembly.GetName().Version?.ToString(3));

    readonly ConnectorOptions options;
    readonly TimeProvider clock;
    readonly ILogger<StoreClient> log;
    readonly HttpClient client;

    public StoreClient(EgressPolicy egress, IOptions<ConnectorOptions> options, TimeProvider clock, ILogger<StoreClient> log)
    {
        this.options = options.Value;
        this.clock = clock;
        this.log = log;
        client = new HttpClient(Handler(egress, this.options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The present time, for whatever is measured against it.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Sends one request and reads its answer to the end, whatever the status.</summary>
    public async Task<StoreAnswer> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.UserAgent.Add(Agent);
        using var limit = new TimeLimit(clock, options.RequestLimit, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var body = response.IsSuccessStatusCode
                ? await Read(response, options.AnswerLimit, limit) ?? throw TransportFailures.TooLarge(options.AnswerLimit)
                : await ReadStart(response, limit);
            log.Answered(request.Method, request.RequestUri!.Host, request.RequestUri.AbsolutePath, (int)response.StatusCode, body.Length, limit.Elapsed.TotalMilliseconds);
            return new StoreAnswer(response, body, limit.Elapsed);
        }
        catch (Exception e) when (e is not ConnectorException && !cancellationToken.IsCancellationRequested)
        {
            var failure = TransportFailures.From(e, request.RequestUri!.IdnHost, limit.Elapsed);
            log.Failed(request.Method, request.RequestUri.Host, request.RequestUri.AbsolutePath, failure.Code, limit.Elapsed.TotalMilliseconds);
            throw failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    // Null when the body is longer than the limit.
    async Task<RentedBuffer?> Read(HttpResponseMessage response, int sizeLimit, TimeLimit limit)
    {
        var announced = response.Content.Headers.ContentLength ?? FirstRoom;
        if (announced > sizeLimit)
        {
            return null;
        }
        // One byte more than announced and than allowed: the read that fills it tells an end from an excess.
        var buffer = new RentedBuffer((int)announced + 1);
        try
        {
            if (await Fill(buffer, response, sizeLimit + 1, limit) <= sizeLimit)
            {
                return buffer;
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
        buffer.Dispose();
        return null;
    }

    async Task<RentedBuffer> ReadStart(HttpResponseMessage response, TimeLimit limit)
    {
        var buffer = new RentedBuffer(ErrorBodyLimit);
        try
        {
            await Fill(buffer, response, ErrorBodyLimit, limit);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            // The status and the part that came say enough.
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
        return buffer;
    }

    async Task<int> Fill(RentedBuffer buffer, HttpResponseMessage response, int sizeLimit, TimeLimit limit)
    {
        limit.AllowSilence(options.IdleLimit);
        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        while (buffer.Room(sizeLimit) is { IsEmpty: false } room)
        {
            limit.AllowSilence(options.IdleLimit);
            var count = await Read(stream, room, limit);
            if (count == 0)
            {
                break;
            }
            buffer.Advance(count);
        }
        return buffer.Length;
    }

    static async Task<int> Read(Stream stream, Memory<byte> room, TimeLimit limit)
    {
        try
        {
            return await stream.ReadAsync(room, limit.Token);
        }
        catch (InvalidOperationException e)
        {
            // Brotli says so what the other decompressions call invalid data.
            throw new InvalidDataException(e.Message, e);
        }
    }

    static SocketsHttpHandler Handler(EgressPolicy egress, ConnectorOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = async (context, cancellationToken) => await egress.Connect(context.DnsEndPoint, cancellationToken),
        ConnectTimeout = options.ConnectLimit,
        MaxConnectionsPerServer = options.ConnectionsPerHost,
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        // A pooled connection does not see a change of DNS; this is how long a store that moved is still sought at its old address.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // A certificate may name an address to fetch its issuer from. That request would not pass the egress policy, and a stranger chooses where it goes.
        SslOptions = new() { CertificateChainPolicy = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck } },
        UseCookies = false,
        UseProxy = false,
    };
}
