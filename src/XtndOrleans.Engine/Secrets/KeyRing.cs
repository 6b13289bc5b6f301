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
    public static async Task<string?> Problem(NpgsqlDataSource database, SecretOptions options, CancellationToken cancellationToken)
    {
        List<string> ring;
        try
        {
            ring = await database.Rows("SELECT xml FROM xtnd.data_protection_key", [], row => row.GetString(0), cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            // A frontend may start before the first silo made the tables.
            return null;
        }

        return ring.SelectMany(Sealers).Distinct(StringComparer.Ordinal).Select(options.ProblemWith).FirstOrDefault(problem => problem is not null);
    }

    static IEnumerable<string> Sealers(string xml) =>
        XElement.Parse(xml).Descendants(MasterKeyEncryptor.Element).Select(element => (string?)element.Attribute(MasterKeyEncryptor.KeyId)).OfType<string>();
}
