using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace XtndOrleans.Engine.Secrets;

/// <summary>
/// Keeps the Data Protection key ring in <c>xtnd.data_protection_key</c>, so that every node of the cluster opens what another sealed.
/// Synchronous because its interface is; it is read once a day and written when a key is made.
/// </summary>
internal sealed class PostgresKeyRing(NpgsqlDataSource database, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("SELECT xml FROM xtnd.data_protection_key ORDER BY created_at, name");
        using var reader = command.ExecuteReader();
        List<XElement> elements = [];
        while (reader.Read())
        {
            elements.Add(XElement.Parse(reader.GetString(0)));
        }

        return elements;
    }

    // Nodes that start together on a ring without a usable key each make one, and those that were first would not learn of the others' for a day: what is sealed on
    // one node could not be opened on another. So only the first is kept; whoever made another reads the ring again before he seals anything.
    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("LOCK TABLE xtnd.data_protection_key IN SHARE ROW EXCLUSIVE MODE"),
                new("""
                    INSERT INTO xtnd.data_protection_key (name, xml, created_at)
                    SELECT $1, $2, $3 WHERE NOT $4 OR NOT EXISTS (SELECT FROM xtnd.data_protection_key WHERE starts_with(name, 'key-') AND created_at > $3 - interval '1 minute')
                    ON CONFLICT (name) DO UPDATE SET xml = excluded.xml
                    """)
                {
                    Parameters =
                    {
                        new() { Value = friendlyName }, new() { Value = element.ToString(SaveOptions.DisableFormatting) }, new() { Value = clock.GetUtcNow() },
                        new() { Value = element.Name == "key" },
                    },
                },
            },
        };
        batch.ExecuteNonQuery();
        transaction.Commit();
    }
}
