using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Engine.Secrets;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Engine;

public sealed class KeyRingTests : IAsyncLifetime
{
    TestDatabase database = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.Create();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Nodes_that_start_together_seal_with_the_same_key()
    {
        using var firstHasRead = new ManualResetEventSlim();
        using var secondHasRead = new ManualResetEventSlim();
        using var firstHasSealed = new ManualResetEventSlim();
        await using var first = Node(null, afterFirstRead: () =>
        {
            firstHasRead.Set();
            secondHasRead.Wait(Cancel);
        });
        await using var second = Node(null, afterFirstRead: () =>
        {
            secondHasRead.Set();
            firstHasSealed.Wait(Cancel);
        });

        // Both find the ring empty; the later one stores its key when the earlier one has read the ring for the last time this day.
        var byFirst = Task.Run(() => Seal(first), Cancel);
        firstHasRead.Wait(Cancel);
        var bySecond = Task.Run(() => Seal(second), Cancel);
        var one = await byFirst;
        firstHasSealed.Set();
        var other = await bySecond;

        Assert.Equal(KeyOf(one), KeyOf(other));
        Assert.Equal(1L, await database.Scalar("SELECT count(*) FROM xtnd.data_protection_key"));
    }

    [Fact]
    public async Task What_a_start_without_a_master_key_left_open_is_sealed_by_the_first_start_with_one()
    {
        var master = NewMasterKey();
        await using var development = Node(null);
        var kept = Seal(development);
        Assert.Contains("<value>", await Ring());

        await KeyRing.Seal(database.DataSource, new() { MasterKey = master }, Cancel);

        var ring = await Ring();
        Assert.DoesNotContain("<value>", ring);
        Assert.DoesNotContain("requiresEncryption", ring);
        await using var production = Node(master);
        Assert.Equal("secret", production.GetDataProtector("test").Unprotect(kept));
        Assert.NotNull(await KeyRing.Problem(database.DataSource, new() { MasterKey = NewMasterKey() }, Cancel));
        await KeyRing.Seal(database.DataSource, new() { MasterKey = master }, Cancel);
        Assert.Equal(ring, await Ring());
    }

    [Fact]
    public async Task A_ring_that_is_not_there_yet_is_no_problem()
    {
        await using var empty = await TestDatabase.Create(migrated: false);
        var options = new SecretOptions { MasterKey = NewMasterKey() };
        await KeyRing.Seal(empty.DataSource, options, Cancel);
        Assert.Null(await KeyRing.Problem(empty.DataSource, options, Cancel));
    }

    ServiceProvider Node(string? masterKey, Action? afterFirstRead = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(database.DataSource).AddSingleton(TimeProvider.System).AddSecrets();
        services.Configure<SecretOptions>(secrets => secrets.MasterKey = masterKey);
        services.PostConfigure<KeyManagementOptions>(ring => ring.XmlRepository = new Watched(ring.XmlRepository!, afterFirstRead ?? (() => { })));
        return services.BuildServiceProvider();
    }

    async Task<string> Ring() => (string)(await database.Scalar("SELECT string_agg(xml, '') FROM xtnd.data_protection_key"))!;

    static string Seal(IServiceProvider node) => node.GetDataProtector("test").Protect("secret");

    // What is sealed begins with four bytes that say so, and with the id of the key.
    static Guid KeyOf(string text) => new(System.Buffers.Text.Base64Url.DecodeFromChars(text).AsSpan(4, 16));

    static string NewMasterKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    sealed class Watched(IXmlRepository ring, Action afterFirstRead) : IXmlRepository
    {
        int reads;

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            var read = ring.GetAllElements();
            if (Interlocked.Increment(ref reads) == 1)
            {
                afterFirstRead();
            }

            return read;
        }

        public void StoreElement(XElement element, string friendlyName) => ring.StoreElement(element, friendlyName);
    }
}
