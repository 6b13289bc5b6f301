namespace XtndOrleans.Tests.Database;

public sealed class StateQueryTests : IAsyncLifetime
{
    static readonly byte[] One = [1];
    static readonly byte[] Two = [2];

    ProviderQueries queries = null!;

    public async ValueTask InitializeAsync() => queries = await ProviderQueries.Open();

    public ValueTask DisposeAsync() => queries.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("conn/1")]
    public async Task A_first_write_and_the_ones_that_follow_it_take_the_next_version(string? extension)
    {
        Assert.Equal(1, await Write(One, null, extension));
        Assert.Equal(2, await Write(Two, 1, extension));

        Assert.Equal(("02", 2), await Read(extension));
        Assert.Equal(1L, await queries.Scalar("SELECT count(*) FROM orleans.state"));
    }

    [Fact]
    public async Task A_write_that_has_not_read_what_is_there_changes_nothing_and_does_not_fail()
    {
        await Write(One, null);

        Assert.Null(await Write(Two, null));
        Assert.Null(await Write(Two, 7));
        Assert.Null(await Write(Two, 7, "never-written"));
        Assert.Equal(("01", 1), await Read());
        Assert.Equal(1L, await queries.Scalar("SELECT count(*) FROM orleans.state"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("conn/1")]
    public async Task Of_first_writes_at_once_exactly_one_is_kept(string? extension)
    {
        for (var round = 0; round < 20; round++)
        {
            var versions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Write(One, null, extension, n0: round)));
            Assert.Single(versions, 1);
            Assert.Equal(5, versions.Count(v => v is null));
        }

        Assert.Equal(20L, await queries.Scalar("SELECT count(*) FROM orleans.state"));
    }

    [Fact]
    public async Task Of_writes_at_once_with_one_version_exactly_one_passes()
    {
        await Write(One, null);

        var versions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Write(Two, 1)));

        Assert.Single(versions, 2);
        Assert.Equal(("02", 2), await Read());
    }

    [Fact]
    public async Task No_extension_and_an_empty_one_are_two_grains_and_so_are_two_hashes()
    {
        await Write(One, null, null);
        await Write(Two, null, "");
        await Write(Two, null, null, idHash: 2);

        Assert.Equal(("01", 1), await Read(null));
        Assert.Equal(("02", 1), await Read(""));
        Assert.Equal(3L, await queries.Scalar("SELECT count(*) FROM orleans.state"));
    }

    [Fact]
    public async Task A_cleared_state_keeps_its_row_and_goes_on_from_its_version()
    {
        await Write(One, null);

        Assert.Empty(await queries.Rows("ClearStorageKey", [.. Identity(), ("GrainStateVersion", 9)]));
        Assert.Equal(2, await queries.Value("ClearStorageKey", [.. Identity(), ("GrainStateVersion", 1)]));
        Assert.Equal((null, 2), await Read());
        Assert.Equal(3, await Write(Two, 2));
    }

    [Fact]
    public async Task A_deleted_state_is_gone_and_its_answer_is_not_its_old_version()
    {
        await Write(One, null);

        Assert.Empty(await queries.Rows("DeleteStorageKey", [.. Identity(), ("GrainStateVersion", 9)]));
        Assert.NotEqual(1, Assert.IsType<int>(await queries.Value("DeleteStorageKey", [.. Identity(), ("GrainStateVersion", 1)])));
        Assert.Empty(await queries.Rows("ReadFromStorageKey", Identity()));
    }

    [Fact]
    public async Task An_empty_payload_is_not_a_cleared_one()
    {
        await Write([], null);

        Assert.Equal(("", 1), await Read());
    }

    async Task<int?> Write(byte[] payload, int? version, string? extension = null, long n0 = 0, int idHash = 1)
    {
        var rows = await queries.Rows("WriteToStorageKey", [.. Identity(extension, n0, idHash), ("GrainStateVersion", version), ("PayloadBinary", payload)]);
        return rows.Count == 0 ? null : (int?)Assert.Single(rows)["NewGrainStateVersion"];
    }

    async Task<(string? Payload, int Version)> Read(string? extension = null)
    {
        var row = Assert.Single(await queries.Rows("ReadFromStorageKey", Identity(extension)));
        return (row["PayloadBinary"] is byte[] payload ? Convert.ToHexString(payload) : null, (int)row["Version"]!);
    }

    static (string, object?)[] Identity(string? extension = null, long n0 = 0, int idHash = 1) =>
    [
        ("GrainIdHash", idHash), ("GrainIdN0", n0), ("GrainIdN1", -1L), ("GrainTypeHash", -5), ("GrainTypeString", "connection"),
        ("GrainIdExtensionString", extension), ("ServiceId", "svc"),
    ];
}
