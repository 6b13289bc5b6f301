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

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("""
            INSERT INTO xtnd.data_protection_key (name, xml, created_at) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET xml = excluded.xml
            """);
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.ExecuteNonQuery();
    }
}
