namespace XtndOrleans.Tests.Database;

public sealed class MembershipQueryTests : IAsyncLifetime
{
    static readonly DateTime Start = new(2026, 11, 23, 8, 0, 0, 123, DateTimeKind.Utc);

    ProviderQueries queries = null!;

    public async ValueTask InitializeAsync()
    {
        queries = await ProviderQueries.Open();
        await queries.Value("InsertMembershipVersionKey", ("DeploymentId", "prod"));
    }

    public ValueTask DisposeAsync() => queries.DisposeAsync();

    [Fact]
    public async Task All_queries_that_the_providers_look_up_are_there()
    {
        string[] expected =
        [
            "GatewaysQueryKey", "MembershipReadRowKey", "MembershipReadAllKey", "InsertMembershipVersionKey", "UpdateIAmAlivetimeKey",
            "InsertMembershipKey", "UpdateMembershipKey", "DeleteMembershipTableEntriesKey", "CleanupDefunctSiloEntriesKey", "CleanupDefunctSiloEntryKey",
            "ReadReminderRowsKey", "ReadReminderRowKey", "ReadRangeRows1Key", "ReadRangeRows2Key", "UpsertReminderRowKey", "DeleteReminderRowKey",
            "DeleteReminderRowsKey", "WriteToStorageKey", "ReadFromStorageKey", "ClearStorageKey", "DeleteStorageKey",
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), (await queries.Keys()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_silos_that_start_the_cluster_at_once_one_makes_it_and_none_fails()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => queries.Value("InsertMembershipVersionKey", ("DeploymentId", "new"))));

        Assert.Single(made, true);
    }

    [Fact]
    public async Task An_empty_cluster_is_one_row_with_its_version()
    {
        var row = Assert.Single(await queries.Rows("MembershipReadAllKey", ("DeploymentId", "prod")));

        Assert.Equal(0, row["Version"]);
        Assert.Null(row["StartTime"]);
    }

    [Fact]
    public async Task A_silo_joins_with_the_version_it_has_read_and_is_read_back()
    {
        Assert.Equal(true, await Insert(generation: 1, version: 0));

        var row = Assert.Single(await queries.Rows("MembershipReadAllKey", ("DeploymentId", "prod")));
        Assert.Equal(1, row["Version"]);
        Assert.Equal(("10.0.0.1", 11111, 1, "silo", "host", 2, 30000), (row["Address"], row["Port"], row["Generation"], row["SiloName"], row["HostName"], row["Status"], row["ProxyPort"]));
        Assert.Equal((Start, Start), (row["StartTime"], row["IAmAliveTime"]));
        Assert.Null(row["SuspectTimes"]);
    }

    [Fact]
    public async Task A_silo_with_a_stale_version_or_one_that_is_known_changes_nothing()
    {
        await Insert(generation: 1, version: 0);

        Assert.Equal(false, await Insert(generation: 2, version: 0));
        Assert.Equal(false, await Insert(generation: 1, version: 1));
        var row = Assert.Single(await queries.Rows("MembershipReadAllKey", ("DeploymentId", "prod")));
        Assert.Equal(1, row["Version"]);
    }

    [Fact]
    public async Task Of_silos_that_join_at_once_with_one_version_exactly_one_joins()
    {
        var joined = await Task.WhenAll(Enumerable.Range(1, 10).Select(generation => Insert(generation, version: 0)));

        Assert.Single(joined, true);
        Assert.Equal(1, Assert.Single(await queries.Rows("MembershipReadAllKey", ("DeploymentId", "prod")))["Version"]);
    }

    [Fact]
    public async Task An_update_moves_the_version_by_one_or_does_nothing_at_all()
    {
        await Insert(generation: 1, version: 0);

        Assert.Equal(false, await Update(generation: 1, status: 3, version: 0));
        Assert.Equal(false, await Update(generation: 9, status: 3, version: 1));
        Assert.Equal(true, await Update(generation: 1, status: 3, version: 1, suspects: "10.0.0.2:1@2,2026-11-23 08:00:00.000 GMT"));
        var row = Assert.Single(await Row(1));
        Assert.Equal((2, 3, "10.0.0.2:1@2,2026-11-23 08:00:00.000 GMT"), (row["Version"], row["Status"], row["SuspectTimes"]));
    }

    [Fact]
    public async Task A_heartbeat_moves_its_row_and_not_the_version()
    {
        await Insert(generation: 1, version: 0);

        await queries.Rows("UpdateIAmAlivetimeKey", ("DeploymentId", "prod"), ("Address", "10.0.0.1"), ("Port", 11111), ("Generation", 1), ("IAmAliveTime", Start.AddMinutes(1)));
        await queries.Rows("UpdateIAmAlivetimeKey", ("DeploymentId", "prod"), ("Address", "10.0.0.1"), ("Port", 11111), ("Generation", 9), ("IAmAliveTime", Start));

        var row = Assert.Single(await Row(1));
        Assert.Equal((1, Start.AddMinutes(1)), (row["Version"], row["IAmAliveTime"]));
    }

    [Fact]
    public async Task A_silo_that_is_not_there_is_one_row_with_the_version_alone()
    {
        await Insert(generation: 1, version: 0);

        var row = Assert.Single(await Row(2));
        Assert.Equal(1, row["Version"]);
        Assert.Null(row["StartTime"]);
    }

    [Fact]
    public async Task Gateways_are_the_active_silos_with_a_gateway_port()
    {
        await Insert(generation: 1, version: 0, status: 3);
        await Insert(generation: 2, version: 1, status: 6);
        await Insert(generation: 3, version: 2, status: 3, proxyPort: 0);

        var gateway = Assert.Single(await queries.Rows("GatewaysQueryKey", ("DeploymentId", "prod"), ("Status", 3)));
        Assert.Equal(("10.0.0.1", 30000, 1), (gateway["Address"], gateway["ProxyPort"], gateway["Generation"]));
    }

    [Fact]
    public async Task A_dead_silo_is_removed_only_if_it_still_is_as_it_was_read()
    {
        await Insert(generation: 1, version: 0, status: 6);
        await Insert(generation: 2, version: 1, status: 3);

        await Cleanup(generation: 1, alive: Start.AddTicks(10), suspects: null);
        await Cleanup(generation: 1, alive: Start, suspects: "votes");
        await Cleanup(generation: 2, alive: Start, suspects: null);
        Assert.Equal(2L, await queries.Scalar("SELECT count(*) FROM orleans.member"));
        await Cleanup(generation: 1, alive: Start, suspects: null);
        Assert.Equal(2, await queries.Scalar("SELECT generation FROM orleans.member"));
        Assert.Equal(2, await queries.Scalar("SELECT version FROM orleans.membership_version"));
    }

    [Fact]
    public async Task A_dead_silo_with_empty_votes_counts_as_one_without()
    {
        await Insert(generation: 1, version: 0);
        await Update(generation: 1, status: 6, version: 1, suspects: "");

        await Cleanup(generation: 1, alive: Start, suspects: null);

        Assert.Equal(0L, await queries.Scalar("SELECT count(*) FROM orleans.member"));
    }

    [Fact]
    public async Task The_cleanup_of_many_spares_the_living_the_joining_and_the_lately_dead()
    {
        await Insert(generation: 1, version: 0, status: 6);
        await Insert(generation: 2, version: 1, status: 3);
        await Insert(generation: 3, version: 2, status: 2);

        await queries.Rows("CleanupDefunctSiloEntriesKey", ("DeploymentId", "prod"), ("IAmAliveTime", Start));
        Assert.Equal(3L, await queries.Scalar("SELECT count(*) FROM orleans.member"));
        await queries.Rows("CleanupDefunctSiloEntriesKey", ("DeploymentId", "prod"), ("IAmAliveTime", Start.AddDays(7)));
        Assert.Equal("2,3", await queries.Scalar("SELECT string_agg(generation::text, ',' ORDER BY generation) FROM orleans.member"));
    }

    [Fact]
    public async Task A_cluster_is_removed_without_touching_another()
    {
        await queries.Value("InsertMembershipVersionKey", ("DeploymentId", "other"));
        await Insert(generation: 1, version: 0);

        await queries.Rows("DeleteMembershipTableEntriesKey", ("DeploymentId", "prod"));

        Assert.Equal("other", await queries.Scalar("SELECT deploymentid FROM orleans.membership_version"));
        Assert.Equal(0L, await queries.Scalar("SELECT count(*) FROM orleans.member"));
    }

    Task<object?> Insert(int generation, int version, int status = 2, int proxyPort = 30000) => queries.Value("InsertMembershipKey",
        ("DeploymentId", "prod"), ("Address", "10.0.0.1"), ("Port", 11111), ("Generation", generation), ("SiloName", "silo"), ("HostName", "host"),
        ("Status", status), ("ProxyPort", proxyPort), ("StartTime", Start), ("IAmAliveTime", Start), ("Version", version));

    Task<object?> Update(int generation, int status, int version, string? suspects = null) => queries.Value("UpdateMembershipKey",
        ("DeploymentId", "prod"), ("Address", "10.0.0.1"), ("Port", 11111), ("Generation", generation), ("Status", status),
        ("SuspectTimes", suspects), ("IAmAliveTime", Start), ("Version", version));

    Task<List<Dictionary<string, object?>>> Row(int generation) => queries.Rows("MembershipReadRowKey",
        ("DeploymentId", "prod"), ("Address", "10.0.0.1"), ("Port", 11111), ("Generation", generation));

    async Task Cleanup(int generation, DateTime alive, string? suspects) => await queries.Rows("CleanupDefunctSiloEntryKey",
        ("DeploymentId", "prod"), ("Address", "10.0.0.1"), ("Port", 11111), ("Generation", generation),
        ("SuspectTimes", suspects), ("StartTime", Start), ("IAmAliveTime", alive));
}
