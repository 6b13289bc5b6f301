using System.Xml.Linq;
using Npgsql;

namespace XtndOrleans.Engine.Secrets;

/// <summary>Whether the key ring in the database can be opened.</summary>
public static class KeyRing
{
    /// <summary>
    /// What is wrong when a master key that sealed a part of the ring is missing, naming the settings; null when nothing is, or when there is no ring yet.
    /// Asked before the start: a server that cannot open the ring would make a second one beside it and fail at every stored secret.
    /// </summary>
    public static async Task<string?> Problem(NpgsqlDataSource database, SecretOptions options, CancellationToken cancellationToken) =>
        (await Read(database, cancellationToken)).SelectMany(key => Sealers(key.Xml)).Distinct(StringComparer.Ordinal)
            .Select(options.ProblemWith).FirstOrDefault(problem => problem is not null);

    /// <summary>
    /// Seals what a start without a master key, as in development, has left unsealed in the ring. Only with a master key; a ring that is not there is nothing to seal.
    /// </summary>
    public static async Task Seal(NpgsqlDataSource database, SecretOptions options, CancellationToken cancellationToken)
    {
        foreach (var (name, xml) in options.HasMasterKey ? await Read(database, cancellationToken) : [])
        {
            var element = XElement.Parse(xml);
            if (MasterKeyEncryptor.SealWithin(element, options))
            {
                await database.Execute(
                    "UPDATE xtnd.data_protection_key SET xml = $2 WHERE name = $1",
                    [new() { Value = name }, new() { Value = element.ToString(SaveOptions.DisableFormatting) }], cancellationToken);
            }
        }
    }

    static async Task<List<(string Name, string Xml)>> Read(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Rows("SELECT name, xml FROM xtnd.data_protection_key", [], row => (row.GetString(0), row.GetString(1)), cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            // A frontend may start before the first silo made the tables.
            return [];
        }
    }

    static IEnumerable<string> Sealers(string xml) =>
        XElement.Parse(xml).Descendants(MasterKeyEncryptor.Element).Select(element => (string?)element.Attribute(MasterKeyEncryptor.KeyId)).OfType<string>();
}
