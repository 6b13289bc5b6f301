using System.Reflection;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Tests.Architecture;

/// <summary>What crosses silos and lies in the database must still be understood when the code has moved on.</summary>
public sealed class GrainTests
{
    static readonly Type[] Ours = [.. typeof(EngineRegistration).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("XtndOrleans.Engine", StringComparison.Ordinal) == true)];
    static readonly Type[] Interfaces = [.. Ours.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))];
    static readonly Type[] Grains = [.. Ours.Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(Grain)))];

    [Fact]
    public void Every_grain_interface_and_method_keeps_its_name()
    {
        Assert.NotEmpty(Interfaces);
        Assert.All(Interfaces, grain => Assert.NotNull(grain.GetCustomAttribute<AliasAttribute>()));
        Assert.All(Interfaces.SelectMany(grain => grain.GetMethods()), method => Assert.NotNull(method.GetCustomAttribute<AliasAttribute>()));
        Assert.All(Interfaces, grain => Distinct(grain.GetMethods().Select(method => method.GetCustomAttribute<AliasAttribute>()!.Alias)));
        Distinct(Interfaces.Select(grain => grain.GetCustomAttribute<AliasAttribute>()!.Alias));
    }

    [Fact]
    public void Every_serialized_type_keeps_its_name()
    {
        var serialized = Ours.Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null).ToList();
        Assert.NotEmpty(serialized);
        Assert.All(serialized, type => Assert.NotNull(type.GetCustomAttribute<AliasAttribute>()));
        Distinct(serialized.Select(type => type.GetCustomAttribute<AliasAttribute>()!.Alias));
    }

    [Fact]
    public void Every_grain_keeps_its_type()
    {
        Assert.NotEmpty(Grains);
        var types = Grains.Select(grain => grain.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, null!).ToString()).ToList();
        Assert.DoesNotContain(types, type => type is null);
        Distinct(types!);
    }

    [Fact]
    public void No_two_grains_share_the_name_of_a_state()
    {
        var states = Grains.SelectMany(grain => grain.GetConstructors()).SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>())
            .OfType<PersistentStateAttribute>()
            .Select(state => state.StateName)
            .ToList();
        Assert.NotEmpty(states);
        Distinct(states);
    }

    /// <summary>A key that can be read as a number or a GUID is stored as one, and two such keys may be one row.</summary>
    [Fact]
    public void Every_grain_key_begins_with_a_prefix_of_its_own_that_is_no_number()
    {
        var entity = new EntityId(new(Guid.NewGuid(), Guid.NewGuid()), "product");
        var tenant = Guid.NewGuid();
        var prefixes = new[] { entity.Connection.GrainKey, entity.SyncKey, entity.ScheduleKey, TenantKeyOf(tenant) }.Select(key => key.Split('/')[0]).ToList();
        Assert.All(prefixes, prefix => Assert.Contains(prefix, letter => !char.IsAsciiHexDigit(letter)));
        Distinct(prefixes);
        Assert.Equal(tenant, TenantKey.FromGrainKey(TenantKeyOf(tenant)));
    }

    static string TenantKeyOf(Guid tenant)
    {
        var asked = DispatchProxy.Create<IGrainFactory, KeyNote>();
        asked.Tenant(tenant);
        return ((KeyNote)(object)asked).Key!;
    }

    static void Distinct(IEnumerable<string> names) => Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));

    /// <summary>Notes the key of the grain that is asked for.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
    internal class KeyNote : DispatchProxy
#pragma warning restore CA1852
    {
        public string? Key { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Key = args!.OfType<string>().First();
            return null;
        }
    }
}
