using System.Net;
using System.Net.Sockets;

namespace XtndOrleans.Engine.Database;

/// <summary>Where an embedded PostgreSQL can listen on 127.0.0.1.</summary>
internal static class PostgresPort
{
    /// <summary>The port that a person chose, if it can be listened on.</summary>
    public static int Chosen(int port)
    {
        try
        {
            return Listen(port);
        }
        catch (SocketException refused)
        {
            throw new DatabaseException($"Port {port} of Xtnd:Embedded:Port cannot be listened on: {refused.Message}. Choose another, or 0 for a free one.", refused);
        }
    }

    /// <summary>The preferred port when it is free, else any other.</summary>
    public static int Free(int? preferred)
    {
        foreach (var port in preferred is null ? [0] : new[] { preferred.Value, 0 })
        {
            try
            {
                return Listen(port);
            }
            catch (SocketException) when (port != 0)
            {
                // Somebody else has it now; any other will do.
            }
        }

        throw new DatabaseException("There is no free port on 127.0.0.1.");
    }

    static int Listen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
