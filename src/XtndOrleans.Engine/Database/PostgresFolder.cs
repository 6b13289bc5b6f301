using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XtndOrleans.Engine.Database;

/// <summary>The folder of an embedded PostgreSQL, held by one server at a time. The kernel frees the lock however that server ends.</summary>
internal sealed class PostgresFolder : IDisposable
{
    readonly FileStream held;

    PostgresFolder(string root, FileStream held)
    {
        Root = root;
        this.held = held;
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Log => Path.Combine(Root, "postgres.log");

    string PortFile => Path.Combine(Root, "port");

    string PasswordFile => Path.Combine(Root, "password");

    /// <summary>The version that made the data; null when there is none yet.</summary>
    public int? DataVersion =>
        File.Exists(Path.Combine(Data, "PG_VERSION"))
            ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim(), CultureInfo.InvariantCulture)
            : null;

    public int? LastPort =>
        File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>Takes the folder, or says who has it.</summary>
    public static PostgresFolder Claim(string folder)
    {
        var root = Path.Combine(Path.GetFullPath(folder), "pg");
        try
        {
            // Others may pass through the folder, as the user that PostgreSQL runs as must; what is in pg is that user's alone.
            Unix.MakeFolder(Path.GetFullPath(folder), Unix.OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            Unix.MakeFolder(root, Unix.OwnerOnly);
            var held = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Path.Combine(root, "holder"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(root, held);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DatabaseException($"The folder {root} cannot be written: {denied.Message} Choose another with Xtnd:Embedded:Folder.", denied);
        }
        catch (IOException taken) when (File.Exists(Path.Combine(root, "holder")))
        {
            throw new DatabaseException(
                $"The embedded database in {root} is in use by the server with process id {File.ReadAllText(Path.Combine(root, "holder"))}. Stop that one, or choose another folder with Xtnd:Embedded:Folder.", taken);
        }
    }

    /// <summary>The password of our user, made at the first call. Readable by us and PostgreSQL's user alone.</summary>
    public string Password()
    {
        if (File.Exists(PasswordFile) && File.ReadAllText(PasswordFile) is { Length: > 0 } password)
        {
            return password;
        }

        password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        using var file = new FileStream(PasswordFile, Unix.Private(FileMode.Create));
        file.Write(Encoding.ASCII.GetBytes(password));
        return password;
    }

    public string PasswordPath => PasswordFile;

    public void RememberPort(int port) => File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Lets another server have the folder.</summary>
    public void Dispose() => held.Dispose();
}
